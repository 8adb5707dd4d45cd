/**
 * The guard between the host and the bridge that drives the bolt. The host says which levels it wants; the bridge gets
 * them only while the guard lets it: armed, host heard from lately, one direction at a time with a pause between, no
 * drive too long, no stall too long.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "arming.h"
#include "memory.h"

/** In the order in which the status tells them. Tripped is the dead-man's latch. */
enum guard_state { STATE_UNARMED, STATE_ARMED, STATE_TRIPPED };

/** Unarmed, with every pin an input. */
void guard_reset(void);

/** The bridge is off after it, whatever was before. */
void guard_arm(const struct arming *arming);

/** Whole messages of the host keep the dead-man quiet. */
void guard_hear_host(void);

/** A level that the host wants; of several that came in one message, all are told before `guard_settle`. */
void guard_write(uint8_t pin, bool high);

/** Lets the bridge follow what the host wants, as far as it may. */
void guard_settle(void);

/** Once a millisecond, after `analog_tick`. */
void guard_tick(void);

enum guard_state guard_state(void);

/** The latest since the reset. */
enum trip guard_last_trip(void);

/** Whether a trip has happened that the host was not told of; `guard_trip_told` when it was. */
bool guard_trip_is_news(void);
void guard_trip_told(void);
