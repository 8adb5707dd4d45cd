/** Counters that outlast resets and power, in the EEPROM. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** In the order in which the status tells them. */
enum trip { TRIP_NONE, TRIP_DEAD_MAN, TRIP_DRIVE_LIMIT, TRIP_OVER_CURRENT, TRIP_BOTH_DIRECTIONS };
#define TRIP_KINDS 4

struct counters {
  uint16_t trips[TRIP_KINDS]; /* From TRIP_DEAD_MAN on. */
  uint16_t watchdog_resets;
  uint32_t drives;
};

void memory_begin(void);
const struct counters *memory_counters(void);

void memory_count_trip(enum trip trip);
void memory_count_watchdog_reset(void);
void memory_count_drive(void);

/** Once a millisecond: writes at most one byte, and never waits for it. */
void memory_tick(void);

/** Counts no further than the fourteen bits in which the status tells it; false once it is there. */
bool count_up(uint16_t *counter);
