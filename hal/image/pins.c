#include "pins.h"

#include <avr/io.h>
#include <string.h>

/* As they lie in the address space, port by port. */
struct port_registers {
  volatile uint8_t pin;
  volatile uint8_t ddr;
  volatile uint8_t port;
};

/* Only the main loop writes ports; no interrupt returns from having done so. So nothing here needs a lock. */
static struct {
  uint8_t mode;
  bool held;
} pins[PIN_COUNT];

static uint8_t digital_inputs[PORT_COUNT];
static bool unlocked;

static struct port_registers *registers_of(uint8_t pin) {
  if (pin < 8) return (struct port_registers *)&PIND;
  if (pin < FIRST_ANALOG_PIN) return (struct port_registers *)&PINB;
  return (struct port_registers *)&PINC;
}

static uint8_t mask_of(uint8_t pin) {
  if (pin >= FIRST_ANALOG_PIN) return (uint8_t)(1 << (pin - FIRST_ANALOG_PIN));
  return (uint8_t)(1 << (pin % 8));
}

static void make_input(uint8_t pin, bool pulled_up) {
  struct port_registers *registers = registers_of(pin);
  uint8_t mask = mask_of(pin);
  /* LOW first: a HIGH output must not pass through a pull-up on its way. */
  registers->port &= (uint8_t)~mask;
  registers->ddr &= (uint8_t)~mask;
  if (pulled_up) registers->port |= mask;
}

static void make_low_output(uint8_t pin) {
  struct port_registers *registers = registers_of(pin);
  uint8_t mask = mask_of(pin);
  registers->port &= (uint8_t)~mask;
  registers->ddr |= mask;
}

static void note_mode(uint8_t pin, uint8_t mode) {
  uint8_t bit = (uint8_t)(1 << (pin % 8));
  pins[pin].mode = mode;
  if (mode == MODE_INPUT || mode == MODE_PULL_UP) {
    digital_inputs[pin / 8] |= bit;
  } else {
    digital_inputs[pin / 8] &= (uint8_t)~bit;
  }
}

void pins_reset(void) {
  unlocked = false;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
    pins[pin].held = false;
    if (!pin_is_free(pin)) {
      note_mode(pin, MODE_NONE);
      continue;
    }
    make_input(pin, false);
    /* As in StandardFirmata: an analog pin is measured without being asked to change its mode. */
    note_mode(pin, pin_is_analog(pin) ? MODE_ANALOG : MODE_INPUT);
  }
}

void pins_unlock(void) {
  unlocked = true;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
    if (pins[pin].mode == MODE_PULL_UP) make_input(pin, true);
  }
}

bool pin_is_free(uint8_t pin) {
  return pin >= 2 && pin < PIN_COUNT;
}

bool pin_is_analog(uint8_t pin) {
  return pin >= FIRST_ANALOG_PIN && pin < PIN_COUNT;
}

bool pin_set_mode(uint8_t pin, uint8_t mode) {
  if (!pin_is_free(pin)) return false;
  if (mode == MODE_ANALOG && !pin_is_analog(pin)) return false;
  if (mode != MODE_INPUT && mode != MODE_OUTPUT && mode != MODE_ANALOG && mode != MODE_PULL_UP) return false;
  if (pins[pin].held || pins[pin].mode == mode) return true;
  if (mode == MODE_OUTPUT) {
    if (!unlocked) return true;
    make_low_output(pin);
  } else {
    make_input(pin, mode == MODE_PULL_UP && unlocked);
  }
  note_mode(pin, mode);
  return true;
}

uint8_t pin_mode(uint8_t pin) {
  return pins[pin].mode;
}

bool pin_state(uint8_t pin) {
  return pin_is_free(pin) && (registers_of(pin)->port & mask_of(pin)) != 0;
}

void pin_write(uint8_t pin, bool high) {
  if (pins[pin].mode == MODE_OUTPUT && !pins[pin].held) pin_drive(pin, high);
}

void pin_hold(uint8_t pin, uint8_t mode) {
  if (mode == MODE_OUTPUT) {
    make_low_output(pin);
  } else {
    make_input(pin, false);
  }
  note_mode(pin, mode);
  pins[pin].held = true;
}

void pin_release(uint8_t pin) {
  make_input(pin, false);
  note_mode(pin, pin_is_analog(pin) ? MODE_ANALOG : MODE_INPUT);
  pins[pin].held = false;
}

bool pin_is_held(uint8_t pin) {
  return pins[pin].held;
}

void pin_drive(uint8_t pin, bool high) {
  struct port_registers *registers = registers_of(pin);
  if (high) {
    registers->port |= mask_of(pin);
  } else {
    registers->port &= (uint8_t)~mask_of(pin);
  }
}

uint8_t pins_read(uint8_t port) {
  uint8_t levels;
  switch (port) {
    case 0:
      levels = PIND;
      break;
    case 1:
      levels = (uint8_t)((PINB & 0x3f) | (PINC << 6));
      break;
    default:
      levels = PINC >> 2;
  }
  return levels & digital_inputs[port];
}
