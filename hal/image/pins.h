/**
 * The pins by Firmata's numbers: 0 to 13 as printed, 14 to 19 are A0 to A5.
 *
 * Until the board is armed nobody has said which pins are the bridge's. So all stay plain inputs: what a host asks of
 * outputs is forgotten, and a pull-up waits, for it could turn on an input of the bridge against its pull-down.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define PIN_COUNT 20
#define PORT_COUNT 3
#define FIRST_ANALOG_PIN 14
#define CHANNEL_COUNT (PIN_COUNT - FIRST_ANALOG_PIN)
/** The board's own, which a bootloader flashes. */
#define LED_PIN 13

/** Firmata's numbers. */
#define MODE_INPUT 0x00
#define MODE_OUTPUT 0x01
#define MODE_ANALOG 0x02
#define MODE_PULL_UP 0x0b
#define MODE_NONE 0x7f

/** All pins inputs, none held, outputs and pull-ups locked. */
void pins_reset(void);

/** From now on the host may have outputs, and gets the pull-ups it asked for. */
void pins_unlock(void);

/** Whether a host may use the pin: 0 and 1 carry the serial line. */
bool pin_is_free(uint8_t pin);
bool pin_is_analog(uint8_t pin);

/** False if the pin has no such mode. A held pin keeps its own. */
bool pin_set_mode(uint8_t pin, uint8_t mode);
uint8_t pin_mode(uint8_t pin);

/** As Firmata counts it: the level of an output, whether an input is pulled up. */
bool pin_state(uint8_t pin);

/** For the host: does nothing to held pins and to inputs. */
void pin_write(uint8_t pin, bool high);

/** Takes the pin from the host, as an output that is LOW or as an analog input. */
void pin_hold(uint8_t pin, uint8_t mode);
void pin_release(uint8_t pin);
bool pin_is_held(uint8_t pin);

/** For the holder of an output. */
void pin_drive(uint8_t pin, bool high);

/** The digital inputs among the eight pins of a Firmata port; all else reads 0. */
uint8_t pins_read(uint8_t port);
