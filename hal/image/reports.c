#include "reports.h"

#include "analog.h"
#include "pins.h"
#include "serial.h"

#define DIGITAL_MESSAGE 0x90
#define ANALOG_MESSAGE 0xe0

#define SAMPLING_DEFAULT_MS 19

static uint8_t digital_ports;
/* Ports whose levels the host has not been told since it asked for them. */
static uint8_t untold_ports;
static uint8_t told_levels[PORT_COUNT];

static uint8_t analog_channels;
static uint16_t sampling_ms;
static uint16_t since_sample_ms;

void reports_reset(void) {
  digital_ports = 0;
  analog_channels = 0;
  analog_report(0);
  sampling_ms = SAMPLING_DEFAULT_MS;
}

void reports_digital(uint8_t port, bool on) {
  uint8_t bit = (uint8_t)(1 << port);
  if (on) {
    digital_ports |= bit;
    untold_ports |= bit;
  } else {
    digital_ports &= (uint8_t)~bit;
  }
}

void reports_analog(uint8_t channel, bool on) {
  uint8_t bit = (uint8_t)(1 << channel);
  if (on) {
    analog_channels |= bit;
    analog_forget(analog_channels);
    since_sample_ms = sampling_ms;
  } else {
    analog_channels &= (uint8_t)~bit;
  }
  analog_report(analog_channels);
}

void reports_set_sampling(uint16_t interval_ms) {
  sampling_ms = interval_ms;
}

static bool send_word(uint8_t status, uint16_t value) {
  serial_start();
  serial_put(status);
  serial_put(value & 0x7f);
  serial_put((uint8_t)(value >> 7) & 0x7f);
  return serial_finish();
}

/* A report that found no room is made again: the host would else believe in old levels for ever. */
static void report_port(uint8_t port) {
  uint8_t levels = pins_read(port);
  uint8_t bit = (uint8_t)(1 << port);
  if (levels == told_levels[port] && (untold_ports & bit) == 0) return;
  if (!send_word(DIGITAL_MESSAGE | port, levels)) return;
  told_levels[port] = levels;
  untold_ports &= (uint8_t)~bit;
}

static void report_channels(void) {
  if (since_sample_ms < sampling_ms) since_sample_ms += 1;
  if (since_sample_ms < sampling_ms || !analog_has(analog_channels)) return;
  since_sample_ms = 0;
  uint8_t channel = 0;
  for (uint8_t channels = analog_channels; channels != 0; channels >>= 1) {
    if (channels & 1) send_word(ANALOG_MESSAGE | channel, analog_value(channel));
    channel += 1;
  }
}

void reports_tick(void) {
  uint8_t port = 0;
  for (uint8_t ports = digital_ports; ports != 0; ports >>= 1) {
    if (ports & 1) report_port(port);
    port += 1;
  }
  if (analog_channels != 0) report_channels();
}
