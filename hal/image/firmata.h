/** The messages of the host, read byte by byte, and the answers to them. */
#pragma once

#include <stdint.h>

/** The reset cause is told in the status: MCUSR as it was found. */
void firmata_begin(uint8_t reset_cause);

void firmata_receive(uint8_t byte);

/** Once a millisecond. */
void firmata_tick(void);
