#include "analog.h"

#include <avr/io.h>

#include "pins.h"

#define NO_CHANNEL 0xff

/* 16 MHz / 128: the fastest clock at which all ten bits are good. From switching on, a conversion takes 200 us. */
#define ADC_START (_BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0))

static uint16_t values[CHANNEL_COUNT];
static uint8_t measured;
static uint8_t reported;
static uint8_t watched;
static uint8_t current_channel = NO_CHANNEL;
static uint8_t converting = NO_CHANNEL;
static uint8_t last;

void analog_report(uint8_t channels) {
  reported = channels;
}

void analog_watch(uint8_t current, uint8_t supply) {
  current_channel = current;
  watched = (uint8_t)(1 << current | 1 << supply);
  analog_forget(watched);
}

void analog_unwatch(void) {
  current_channel = NO_CHANNEL;
  watched = 0;
}

/* In turn, but a drive's current after each other one: its stall is timed by it. */
static uint8_t next_channel(void) {
  static uint8_t in_turn;
  if (watched != 0 && last != current_channel) return current_channel;
  uint8_t needed = reported | watched;
  do {
    in_turn = in_turn + 1 < CHANNEL_COUNT ? in_turn + 1 : 0;
  } while ((needed & (1 << in_turn)) == 0);
  return in_turn;
}

/*
 * Each sleep has an idle ADC convert once more, unasked. That does no harm as long as it is the same channel; for the
 * next one it is switched off first, or what is then under way would be taken for it.
 */
void analog_tick(void) {
  if (converting != NO_CHANNEL) {
    if ((ADCSRA & _BV(ADIF)) == 0) return;
    values[converting] = ADC;
    measured |= (uint8_t)(1 << converting);
    last = converting;
    converting = NO_CHANNEL;
  }
  ADCSRA = 0;
  if ((reported | watched) == 0) return;
  converting = next_channel();
  ADMUX = (uint8_t)(_BV(REFS0) | converting);
  /* The flag of the last conversion goes by being written. */
  ADCSRA = ADC_START | _BV(ADIF);
}

bool analog_has(uint8_t channels) {
  return (measured & channels) == channels;
}

void analog_forget(uint8_t channels) {
  measured &= (uint8_t)~channels;
}

uint16_t analog_value(uint8_t channel) {
  return values[channel];
}
