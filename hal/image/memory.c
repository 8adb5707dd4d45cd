#include "memory.h"

#include <avr/eeprom.h>
#include <stddef.h>
#include <util/crc16.h>

/*
 * Two slots are written in turn, so power that fails in mid-write costs that write and nothing older. What wears out
 * is a byte that changes, after 100,000 writes: hence the pauses. A host that has the board trip for ever does not
 * get there: the counters of trips stop before.
 */
#define SLOT_COUNT 2
#define SLOT_BYTES 32
#define PAUSE_AFTER_TRIP_MS 1000
#define PAUSE_AFTER_DRIVE_MS 60000

#define COUNT_MAX 16383
#define DRIVES_MAX 268435455

struct record {
  uint16_t sequence;
  struct counters counters;
  uint16_t sum;
};

/* The record on its way into the EEPROM, or the newest one there. */
static struct record record;
static uint8_t bytes_left;

static struct counters counters;
static bool drives_changed;
static bool trips_changed;
/* From 0 at boot: a board that resets again and again must not wear its memory out. */
static uint16_t since_write_ms;

static uint16_t sum_of(const struct record *of) {
  const uint8_t *bytes = (const uint8_t *)of;
  uint16_t sum = 0xffff;
  for (uint8_t i = 0; i < offsetof(struct record, sum); i++) sum = _crc_ccitt_update(sum, bytes[i]);
  return sum;
}

static uint8_t *address_of(uint16_t sequence) {
  return (uint8_t *)(size_t)(sequence % SLOT_COUNT * SLOT_BYTES);
}

void memory_begin(void) {
  bool found = false;
  for (uint8_t slot = 0; slot < SLOT_COUNT; slot++) {
    struct record candidate;
    eeprom_read_block(&candidate, address_of(slot), sizeof candidate);
    if (candidate.sum != sum_of(&candidate)) continue;
    if (found && (int16_t)(candidate.sequence - record.sequence) < 0) continue;
    record = candidate;
    found = true;
  }
  counters = record.counters;
}

const struct counters *memory_counters(void) {
  return &counters;
}

bool count_up(uint16_t *counter) {
  if (*counter == COUNT_MAX) return false;
  *counter += 1;
  return true;
}

void memory_count_trip(enum trip trip) {
  if (count_up(&counters.trips[trip - TRIP_DEAD_MAN])) trips_changed = true;
}

void memory_count_watchdog_reset(void) {
  if (count_up(&counters.watchdog_resets)) trips_changed = true;
}

void memory_count_drive(void) {
  if (counters.drives == DRIVES_MAX) return;
  counters.drives += 1;
  drives_changed = true;
}

static void write_next_byte(void) {
  if (!eeprom_is_ready()) return;
  bytes_left -= 1;
  eeprom_update_byte(address_of(record.sequence) + bytes_left, ((const uint8_t *)&record)[bytes_left]);
}

void memory_tick(void) {
  if (bytes_left > 0) {
    write_next_byte();
    return;
  }
  if (since_write_ms < PAUSE_AFTER_DRIVE_MS) since_write_ms += 1;
  bool due = (trips_changed && since_write_ms >= PAUSE_AFTER_TRIP_MS) ||
             (drives_changed && since_write_ms >= PAUSE_AFTER_DRIVE_MS);
  if (!due) return;
  record.sequence += 1;
  record.counters = counters;
  record.sum = sum_of(&record);
  bytes_left = sizeof record;
  trips_changed = false;
  drives_changed = false;
  since_write_ms = 0;
}
