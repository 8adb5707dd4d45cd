#include "arming.h"

#include <stdbool.h>
#include <util/crc16.h>

#include "pins.h"

#define LENGTH 21
#define SUM_LENGTH 3

static bool sum_is_right(const uint8_t *payload) {
  uint16_t sum = 0xffff;
  for (uint8_t i = 0; i < LENGTH; i++) sum = _crc_ccitt_update(sum, payload[i]);
  const uint8_t *sent = payload + LENGTH;
  return sent[0] == (sum & 0x7f) && sent[1] == (sum >> 7 & 0x7f) && sent[2] == sum >> 14;
}

static uint16_t word_at(const uint8_t *payload) {
  return (uint16_t)(payload[0] | payload[1] << 7);
}

static bool is_within(uint16_t value, uint16_t least, uint16_t most) {
  return value >= least && value <= most;
}

static bool limits_fit(const struct arming *arming) {
  return is_within(arming->dead_man_timeout_ms, 150, 600) && is_within(arming->drive_limit_ms, 100, 2900) &&
         is_within(arming->coast_ms, 50, 500) && is_within(arming->stall_counts, 1, 1023) &&
         is_within(arming->supply_counts, 1, 1023) && is_within(arming->stall_ms, 110, 240);
}

/* False if nothing can be there, or something is there already. */
static bool take_pin(uint32_t *taken, uint8_t pin) {
  if (!pin_is_free(pin)) return false;
  uint32_t bit = 1UL << pin;
  if (*taken & bit) return false;
  *taken |= bit;
  return true;
}

static bool pins_fit(const struct arming *arming) {
  uint32_t taken = 0;
  if (arming->current_channel >= CHANNEL_COUNT || arming->supply_channel >= CHANNEL_COUNT) return false;
  if (!take_pin(&taken, FIRST_ANALOG_PIN + arming->current_channel)) return false;
  if (!take_pin(&taken, FIRST_ANALOG_PIN + arming->supply_channel)) return false;
  for (uint8_t i = 0; i < LAMPS_MAX; i++) {
    if (arming->lamp_pins[i] != NO_PIN && !take_pin(&taken, arming->lamp_pins[i])) return false;
  }
  /* A lamp may share the board's own LED; the bridge may not: bootloaders flash it. */
  taken |= 1UL << LED_PIN;
  if (!take_pin(&taken, arming->in1_pin) || !take_pin(&taken, arming->in2_pin)) return false;
  return arming->enable_pin == NO_PIN || take_pin(&taken, arming->enable_pin);
}

enum arm_refusal arming_read(const uint8_t *payload, uint8_t length, struct arming *arming) {
  if (length != LENGTH + SUM_LENGTH || !sum_is_right(payload)) return REFUSED_CHECKSUM;
  arming->dead_man_timeout_ms = word_at(payload);
  arming->drive_limit_ms = word_at(payload + 2);
  arming->coast_ms = word_at(payload + 4);
  arming->stall_counts = word_at(payload + 6);
  arming->supply_counts = word_at(payload + 8);
  arming->stall_ms = word_at(payload + 10);
  arming->in1_pin = payload[12];
  arming->in2_pin = payload[13];
  arming->enable_pin = payload[14];
  arming->current_channel = payload[15];
  arming->supply_channel = payload[16];
  for (uint8_t i = 0; i < LAMPS_MAX; i++) arming->lamp_pins[i] = payload[17 + i];
  if (!limits_fit(arming)) return REFUSED_RANGE;
  return pins_fit(arming) ? REFUSED_NOT : REFUSED_PINS;
}
