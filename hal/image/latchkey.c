/**
 * Latchkey's board image: bare metal for the ATmega328P of an Uno or a Nano, at 16 MHz.
 *
 * A host with all the lock's logic speaks Firmata to this board. The board's own duty is that the motor stops when the
 * host does not stop it. Nothing of that may depend on the host, so the image is small enough to be read as a whole:
 *
 *   latchkey.c  start, watchdog, the main loop with its millisecond, sleep
 *   serial.c    the line: rings between interrupts and main loop
 *   firmata.c   messages of the host and the answers to them
 *   reports.c   levels and voltages that the host asked to be kept informed of
 *   arming.c    reads and judges the limits that the host arms the board with
 *   guard.c     the only way to the bridge's pins
 *   pins.c      all other pins; analog.c: measured voltages; memory.c: counters that outlast power
 *
 * Interrupts only move bytes and count milliseconds. All else happens in the main loop, one thing after another, so no
 * state is shared but rings and that count. The watchdog is fed by whole milliseconds of work: if the timer stops or
 * the loop hangs, its interrupt lets go of every pin after 60 ms, and resets the chip after 120.
 *
 * After a reset the chip's pins are inputs. They stay so until the host arms the board; pull-downs at the bridge keep
 * the motor off meanwhile.
 */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/power.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "analog.h"
#include "firmata.h"
#include "guard.h"
#include "memory.h"
#include "serial.h"

#define WATCHDOG_MARK 0x4c61746b

/* Survives a reset. Bootloaders clear MCUSR, so the watchdog leaves word here that it was the cause. */
static uint32_t watchdog_mark __attribute__((section(".noinit")));

static uint8_t reset_cause __attribute__((section(".noinit")));

static volatile uint8_t elapsed_ms;

/* Before anything else runs: after its own reset the watchdog is on, at its shortest, and would bite again. */
static void __attribute__((naked, used, section(".init3"))) quiet_watchdog(void) {
  reset_cause = MCUSR & 0x0f;
  MCUSR = 0;
  wdt_disable();
}

ISR(WDT_vect) {
  PORTB = 0;
  PORTC = 0;
  PORTD = 0;
  DDRB = 0;
  DDRC = 0;
  DDRD = 0;
  watchdog_mark = WATCHDOG_MARK;
  for (;;) continue;
}

ISR(TIMER0_COMPA_vect) {
  elapsed_ms += 1;
}

static void start_watchdog(void) {
  wdt_enable(WDTO_60MS);
  /* First an interrupt, then the reset. */
  WDTCSR |= _BV(WDIE);
}

static void start_millisecond(void) {
  TCCR0A = _BV(WGM01);
  OCR0A = F_CPU / 64 / 1000 - 1;
  TIMSK0 = _BV(OCIE0A);
  TCCR0B = _BV(CS01) | _BV(CS00);
}

static void tick(void) {
  analog_tick();
  guard_tick();
  firmata_tick();
  memory_tick();
  wdt_reset();
}

/* Until the next interrupt. One that came since the loop last looked must not be slept through. */
static void rest(uint8_t done_ms) {
  cli();
  if (elapsed_ms == done_ms && !serial_has_received()) {
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void) {
  start_watchdog();
  power_timer1_disable();
  power_timer2_disable();
  power_spi_disable();
  power_twi_disable();
  set_sleep_mode(SLEEP_MODE_IDLE);

  memory_begin();
  if (watchdog_mark == WATCHDOG_MARK) reset_cause |= _BV(WDRF);
  watchdog_mark = 0;
  if (reset_cause & _BV(WDRF)) memory_count_watchdog_reset();

  serial_begin();
  start_millisecond();
  sei();
  firmata_begin(reset_cause);

  uint8_t done_ms = 0;
  for (;;) {
    uint8_t byte;
    /* Time first: what a message sets going must not be aged by milliseconds from before it. */
    if (elapsed_ms != done_ms) {
      done_ms += 1;
      tick();
    } else if (serial_receive(&byte)) {
      firmata_receive(byte);
    } else {
      rest(done_ms);
    }
  }
}
