#include "serial.h"

#include <avr/interrupt.h>
#include <avr/io.h>

/*
 * 58,824 baud, without the doubled rate that would come nearer to 57,600: the USB chip of an Uno divides the same
 * 16 MHz in the same way, so the two agree exactly, and those of a Nano tolerate 2.1 %.
 */
#define UBRR_57600 16

#define RECEIVED_SIZE 128
#define SENDING_SIZE 256

#define ENABLED (_BV(RXCIE0) | _BV(RXEN0) | _BV(TXEN0))

/* Each index has one writer and is one byte, so neither side needs to lock out the other. */
static volatile uint8_t received[RECEIVED_SIZE];
static volatile uint8_t received_head;
static volatile uint8_t received_tail;

static volatile uint8_t sending[SENDING_SIZE];
static volatile uint8_t sending_head;
static volatile uint8_t sending_tail;

/* How far the message being put together reaches; the interrupt sees nothing of it before it is whole. */
static uint8_t draft_head;
static bool draft_overflows;

static uint8_t received_room(void) {
  return (uint8_t)(received_tail - received_head - 1) % RECEIVED_SIZE;
}

static void store(uint8_t byte) {
  received[received_head] = byte;
  received_head = (uint8_t)(received_head + 1) % RECEIVED_SIZE;
}

ISR(USART_RX_vect) {
  static bool loss;
  uint8_t status = UCSR0A;
  uint8_t byte = UDR0;
  if (status & (_BV(FE0) | _BV(DOR0))) loss = true;
  if (loss) {
    if (received_room() < 2) return;
    store(SERIAL_LOSS);
    loss = false;
    if (status & _BV(FE0)) return;
  }
  if (received_room() == 0) {
    loss = true;
    return;
  }
  store(byte);
}

ISR(USART_UDRE_vect) {
  if (sending_tail == sending_head) {
    UCSR0B = ENABLED;
    return;
  }
  UDR0 = sending[sending_tail];
  sending_tail = (uint8_t)(sending_tail + 1);
}

void serial_begin(void) {
  UBRR0 = UBRR_57600;
  UCSR0A = 0;
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = ENABLED;
}

bool serial_receive(uint8_t *byte) {
  if (!serial_has_received()) return false;
  *byte = received[received_tail];
  received_tail = (uint8_t)(received_tail + 1) % RECEIVED_SIZE;
  return true;
}

bool serial_has_received(void) {
  return received_head != received_tail;
}

void serial_start(void) {
  draft_head = sending_head;
  draft_overflows = false;
}

void serial_put(uint8_t byte) {
  uint8_t next = (uint8_t)(draft_head + 1);
  if (next == sending_tail) draft_overflows = true;
  if (draft_overflows) return;
  sending[draft_head] = byte;
  draft_head = next;
}

bool serial_finish(void) {
  if (draft_overflows) return false;
  sending_head = draft_head;
  UCSR0B = ENABLED | _BV(UDRIE0);
  return true;
}
