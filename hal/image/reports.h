/** What the board tells the host unasked, once it was asked to: levels when they change, voltages at an interval. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SAMPLING_MIN_MS 10

/** Nothing is reported; the interval is Firmata's usual one. */
void reports_reset(void);

/** The port's levels go out at the next millisecond, and then whenever they change. */
void reports_digital(uint8_t port, bool on);

/** The channel goes out as soon as it is measured, with all others that are reported: their interval begins anew. */
void reports_analog(uint8_t channel, bool on);

void reports_set_sampling(uint16_t interval_ms);

/** Once a millisecond. */
void reports_tick(void);
