#include "guard.h"

#include "analog.h"
#include "pins.h"

/* The bridge is off, with all its pins LOW, or drives one way. No step leads from one way to the other. */
enum drive { DRIVE_OFF, DRIVE_IN1, DRIVE_IN2 };

static struct arming armed;
static enum guard_state state;
static enum trip last_trip;
static bool trip_is_news;

static bool in1_wanted;
static bool in2_wanted;
static bool enable_wanted;

/* After a trip other than the dead-man's: until the host wants neither direction. */
static bool waits_for_low;

static enum drive driving;
static uint16_t drive_ms;
static uint16_t off_ms;
static uint16_t stalled_ms;
static uint16_t silent_ms;

static void bridge_off(void) {
  if (armed.enable_pin != NO_PIN) pin_drive(armed.enable_pin, false);
  pin_drive(armed.in1_pin, false);
  pin_drive(armed.in2_pin, false);
  if (driving == DRIVE_OFF) return;
  driving = DRIVE_OFF;
  off_ms = 0;
  analog_unwatch();
}

/*
 * Of the milliseconds counted since the bridge went off, the first may have been over already and only waited for its
 * turn, and the second may not have been whole. The count stops where it says enough.
 */
static bool has_coasted(void) {
  return off_ms >= armed.coast_ms + 2;
}

/* Only ever from off, so that never, not for a cycle, both directions are HIGH. */
static void bridge_on(enum drive drive) {
  driving = drive;
  drive_ms = 0;
  stalled_ms = 0;
  memory_count_drive();
  analog_watch(armed.current_channel, armed.supply_channel);
  pin_drive(drive == DRIVE_IN1 ? armed.in1_pin : armed.in2_pin, true);
  if (armed.enable_pin != NO_PIN) pin_drive(armed.enable_pin, true);
}

static void trip(enum trip reason) {
  bridge_off();
  last_trip = reason;
  trip_is_news = true;
  memory_count_trip(reason);
  if (reason != TRIP_DEAD_MAN) {
    waits_for_low = true;
    return;
  }
  state = STATE_TRIPPED;
  for (uint8_t i = 0; i < LAMPS_MAX; i++) {
    if (armed.lamp_pins[i] != NO_PIN) pin_write(armed.lamp_pins[i], false);
  }
}

static enum drive wanted_drive(void) {
  if (armed.enable_pin != NO_PIN && !enable_wanted) return DRIVE_OFF;
  if (in1_wanted) return DRIVE_IN1;
  return in2_wanted ? DRIVE_IN2 : DRIVE_OFF;
}

void guard_settle(void) {
  if (state != STATE_ARMED) return;
  if (waits_for_low) {
    waits_for_low = in1_wanted || in2_wanted;
    return;
  }
  if (in1_wanted && in2_wanted) {
    trip(TRIP_BOTH_DIRECTIONS);
    return;
  }
  enum drive wanted = wanted_drive();
  if (wanted == driving) return;
  bridge_off();
  /*
   * More of the same direction waits too: else a host that stutters could drive for ever, and one that arms anew with
   * the directions swapped could reverse at once.
   */
  if (wanted != DRIVE_OFF && has_coasted()) bridge_on(wanted);
}

static bool is_measured(void) {
  return analog_has((uint8_t)(1 << armed.current_channel | 1 << armed.supply_channel));
}

/*
 * The limit holds at the nominal supply; what a stalled motor draws goes with the supply as it is. What is not measured
 * counts as a stall: a host may have the measuring begin anew as often as it likes.
 */
static bool is_stalled(void) {
  if (!is_measured()) return true;
  uint32_t current = (uint32_t)analog_value(armed.current_channel) * armed.supply_counts;
  return current >= (uint32_t)armed.stall_counts * analog_value(armed.supply_channel);
}

static void watch_drive(void) {
  drive_ms += 1;
  stalled_ms = is_stalled() ? stalled_ms + 1 : 0;
  if (drive_ms >= armed.drive_limit_ms) {
    trip(TRIP_DRIVE_LIMIT);
  } else if (stalled_ms >= armed.stall_ms) {
    trip(TRIP_OVER_CURRENT);
  }
}

void guard_tick(void) {
  if (state != STATE_ARMED) return;
  silent_ms += 1;
  if (silent_ms >= armed.dead_man_timeout_ms) {
    trip(TRIP_DEAD_MAN);
    return;
  }
  if (driving != DRIVE_OFF) {
    watch_drive();
  } else if (!has_coasted()) {
    off_ms += 1;
  }
  guard_settle();
}

static bool is_lamp(uint8_t pin) {
  for (uint8_t i = 0; i < LAMPS_MAX; i++) {
    if (armed.lamp_pins[i] == pin) return true;
  }
  return false;
}

void guard_write(uint8_t pin, bool high) {
  if (state != STATE_UNARMED) {
    if (pin == armed.in1_pin) in1_wanted = high;
    if (pin == armed.in2_pin) in2_wanted = high;
    if (pin == armed.enable_pin) enable_wanted = high;
    if (state == STATE_TRIPPED && is_lamp(pin)) return;
  }
  pin_write(pin, high);
}

void guard_reset(void) {
  if (state != STATE_UNARMED) bridge_off();
  state = STATE_UNARMED;
  pins_reset();
}

void guard_hear_host(void) {
  silent_ms = 0;
}

static void release_pins(void) {
  pin_release(armed.in1_pin);
  pin_release(armed.in2_pin);
  if (armed.enable_pin != NO_PIN) pin_release(armed.enable_pin);
  pin_release(FIRST_ANALOG_PIN + armed.current_channel);
  pin_release(FIRST_ANALOG_PIN + armed.supply_channel);
}

static void hold_pins(void) {
  pin_hold(armed.in1_pin, MODE_OUTPUT);
  pin_hold(armed.in2_pin, MODE_OUTPUT);
  if (armed.enable_pin != NO_PIN) pin_hold(armed.enable_pin, MODE_OUTPUT);
  pin_hold(FIRST_ANALOG_PIN + armed.current_channel, MODE_ANALOG);
  pin_hold(FIRST_ANALOG_PIN + armed.supply_channel, MODE_ANALOG);
}

void guard_arm(const struct arming *arming) {
  if (state != STATE_UNARMED) {
    bridge_off();
    release_pins();
  }
  armed = *arming;
  hold_pins();
  pins_unlock();
  in1_wanted = false;
  in2_wanted = false;
  enable_wanted = false;
  waits_for_low = false;
  silent_ms = 0;
  state = STATE_ARMED;
}

enum guard_state guard_state(void) {
  return state;
}

enum trip guard_last_trip(void) {
  return last_trip;
}

bool guard_trip_is_news(void) {
  return trip_is_news;
}

void guard_trip_told(void) {
  trip_is_news = false;
}
