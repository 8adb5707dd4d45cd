/** The USART at Firmata's usual rate, with a ring of bytes in each direction that interrupts fill and drain. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * Takes the place of bytes that were lost or arrived broken. No Firmata message has this status byte, so whoever reads
 * the line drops the message it falls into and takes up again at the next one.
 */
#define SERIAL_LOSS 0xfd

void serial_begin(void);

/** The oldest byte received; false if there is none. */
bool serial_receive(uint8_t *byte);

bool serial_has_received(void);

/**
 * A message is started, put byte by byte, and finished. It leaves the board whole or not at all: false from
 * `serial_finish` says that it did not fit. At most 255 bytes.
 */
void serial_start(void);
void serial_put(uint8_t byte);
bool serial_finish(void);
