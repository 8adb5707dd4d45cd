/** Measured voltages in counts of the ADC: 1,023 is the board's own supply. One conversion a millisecond, while needed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** Channels that the host wants measured, as a mask. */
void analog_report(uint8_t channels);

/** What a drive needs, until `analog_unwatch`: the first channel is measured at every second millisecond at least. */
void analog_watch(uint8_t current_channel, uint8_t supply_channel);
void analog_unwatch(void);

/** Once a millisecond: takes the conversion that was begun at the last one, and begins the next. */
void analog_tick(void);

/** Whether all of these channels were measured since `analog_forget`. */
bool analog_has(uint8_t channels);
void analog_forget(uint8_t channels);

uint16_t analog_value(uint8_t channel);
