/** What the host holds the board to, and which pins it puts under guard: the payload of an ARM message. */
#pragma once

#include <stdint.h>

#define NO_PIN 0x7f
#define LAMPS_MAX 4

struct arming {
  uint16_t dead_man_timeout_ms;
  uint16_t drive_limit_ms;
  uint16_t coast_ms;
  uint16_t stall_counts;
  uint16_t supply_counts;
  uint16_t stall_ms;
  uint8_t in1_pin;
  uint8_t in2_pin;
  uint8_t enable_pin;
  uint8_t current_channel;
  uint8_t supply_channel;
  uint8_t lamp_pins[LAMPS_MAX];
};

/** In the order in which the status tells them. */
enum arm_refusal { REFUSED_NOT, REFUSED_CHECKSUM, REFUSED_RANGE, REFUSED_PINS };

/** From the payload, check sum included. What is refused leaves `arming` undefined. */
enum arm_refusal arming_read(const uint8_t *payload, uint8_t length, struct arming *arming);
