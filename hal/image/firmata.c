#include "firmata.h"

#include "guard.h"
#include "pins.h"
#include "reports.h"
#include "serial.h"

#define IMAGE_NAME "Latchkey"
#define IMAGE_MAJOR 1
#define IMAGE_MINOR 0
#define FIRMATA_MAJOR 2
#define FIRMATA_MINOR 5

#define DIGITAL_MESSAGE 0x90
#define REPORT_ANALOG 0xc0
#define REPORT_DIGITAL 0xd0
#define SYSEX_START 0xf0
#define SET_PIN_MODE 0xf4
#define SET_PIN_VALUE 0xf5
#define SYSEX_END 0xf7
#define REPORT_VERSION 0xf9
#define SYSTEM_RESET 0xff

#define SYSEX_ARM 0x01
#define SYSEX_STATUS 0x02
#define SYSEX_ANALOG_MAPPING 0x69
#define SYSEX_ANALOG_MAPPING_IS 0x6a
#define SYSEX_CAPABILITIES 0x6b
#define SYSEX_CAPABILITIES_ARE 0x6c
#define SYSEX_PIN_STATE 0x6d
#define SYSEX_PIN_STATE_IS 0x6e
#define SYSEX_FIRMWARE 0x79
#define SYSEX_SAMPLING 0x7a

/* More than the longest message understood, which is ARM with 25 bytes: so one that fills it is not understood. */
#define DATA_MAX 32

/* The message under way: its status byte, or 0 for none, and its data. An endless one gets no further than the room. */
static uint8_t command;
static uint8_t data[DATA_MAX];
static uint8_t length;

/* Data bytes that belong to no message are counted as one malformed message, up to the next status byte. */
static bool adrift;

static uint16_t malformed_messages;
static enum arm_refusal arm_refusal;
static uint8_t reset_cause;
static uint16_t uptime_s;

static void start_sysex(uint8_t kind) {
  serial_start();
  serial_put(SYSEX_START);
  serial_put(kind);
}

static bool finish_sysex(void) {
  serial_put(SYSEX_END);
  return serial_finish();
}

static void put_word(uint16_t value) {
  serial_put(value & 0x7f);
  serial_put((uint8_t)(value >> 7) & 0x7f);
}

static void send_version(void) {
  serial_start();
  serial_put(REPORT_VERSION);
  serial_put(FIRMATA_MAJOR);
  serial_put(FIRMATA_MINOR);
  serial_finish();
}

static void send_firmware(void) {
  start_sysex(SYSEX_FIRMWARE);
  serial_put(IMAGE_MAJOR);
  serial_put(IMAGE_MINOR);
  for (const char *letter = IMAGE_NAME; *letter != 0; letter++) put_word((uint8_t)*letter);
  finish_sysex();
}

static void put_capability(uint8_t mode, uint8_t resolution_bits) {
  serial_put(mode);
  serial_put(resolution_bits);
}

static void send_capabilities(void) {
  start_sysex(SYSEX_CAPABILITIES_ARE);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
    if (pin_is_free(pin)) {
      put_capability(MODE_INPUT, 1);
      put_capability(MODE_OUTPUT, 1);
      put_capability(MODE_PULL_UP, 1);
    }
    if (pin_is_analog(pin)) put_capability(MODE_ANALOG, 10);
    serial_put(MODE_NONE);
  }
  finish_sysex();
}

static void send_analog_mapping(void) {
  start_sysex(SYSEX_ANALOG_MAPPING_IS);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
    serial_put(pin_is_analog(pin) ? pin - FIRST_ANALOG_PIN : MODE_NONE);
  }
  finish_sysex();
}

static void send_pin_state(uint8_t pin) {
  start_sysex(SYSEX_PIN_STATE_IS);
  serial_put(pin);
  serial_put(pin_mode(pin));
  serial_put(pin_state(pin));
  finish_sysex();
}

static bool send_status(void) {
  const struct counters *counters = memory_counters();
  start_sysex(SYSEX_STATUS);
  serial_put(IMAGE_MAJOR);
  serial_put(guard_state());
  serial_put(guard_last_trip());
  serial_put(arm_refusal);
  serial_put(reset_cause);
  put_word(uptime_s);
  for (uint8_t i = 0; i < TRIP_KINDS; i++) put_word(counters->trips[i]);
  put_word(counters->watchdog_resets);
  put_word(counters->drives & 0x3fff);
  put_word((uint16_t)(counters->drives >> 14));
  put_word(malformed_messages);
  return finish_sysex();
}

static void reset(void) {
  guard_reset();
  reports_reset();
}

/* What cannot be acted on is refused; the answer tells why. Only a message that arrived whole is a sign of life. */
static bool take_arm(const uint8_t *payload, uint8_t payload_length) {
  struct arming arming;
  arm_refusal = arming_read(payload, payload_length, &arming);
  if (arm_refusal == REFUSED_NOT) guard_arm(&arming);
  send_status();
  return arm_refusal != REFUSED_CHECKSUM;
}

static bool take_sampling(uint16_t interval_ms) {
  reports_set_sampling(interval_ms < SAMPLING_MIN_MS ? SAMPLING_MIN_MS : interval_ms);
  return true;
}

static bool take_query(uint8_t kind) {
  switch (kind) {
    case SYSEX_STATUS:
      send_status();
      return true;
    case SYSEX_ANALOG_MAPPING:
      send_analog_mapping();
      return true;
    case SYSEX_CAPABILITIES:
      send_capabilities();
      return true;
    case SYSEX_FIRMWARE:
      send_firmware();
      return true;
    default:
      return false;
  }
}

/* Like all that take messages: true if the message was one that this board understands. */
static bool take_sysex(void) {
  if (length == 0) return false;
  uint8_t kind = data[0];
  if (kind == SYSEX_ARM) return take_arm(data + 1, length - 1);
  if (length == 1) return take_query(kind);
  if (kind == SYSEX_PIN_STATE && length == 2 && data[1] < PIN_COUNT) {
    send_pin_state(data[1]);
    return true;
  }
  if (kind == SYSEX_SAMPLING && length == 3) return take_sampling((uint16_t)(data[1] | data[2] << 7));
  return false;
}

static bool take_pin_value(uint8_t pin, uint8_t value) {
  if (!pin_is_free(pin) || value > 1) return false;
  guard_write(pin, value == 1);
  guard_settle();
  return true;
}

static bool take_port_levels(uint8_t port, uint8_t levels) {
  if (port >= PORT_COUNT) return false;
  for (uint8_t bit = 0; bit < 8; bit++) {
    uint8_t pin = (uint8_t)(port * 8 + bit);
    if (pin_is_free(pin)) guard_write(pin, levels >> bit & 1);
  }
  guard_settle();
  return true;
}

static bool take_report_analog(uint8_t channel, uint8_t on) {
  if (channel >= CHANNEL_COUNT || on > 1) return false;
  uint8_t pin = FIRST_ANALOG_PIN + channel;
  if (on && pin_mode(pin) != MODE_OUTPUT) pin_set_mode(pin, MODE_ANALOG);
  reports_analog(channel, on);
  return true;
}

static bool take_report_digital(uint8_t port, uint8_t on) {
  if (port >= PORT_COUNT || on > 1) return false;
  reports_digital(port, on);
  return true;
}

static bool take_message(void) {
  if (command == SET_PIN_MODE) return pin_set_mode(data[0], data[1]);
  if (command == SET_PIN_VALUE) return take_pin_value(data[0], data[1]);
  uint8_t port_or_channel = command & 0x0f;
  switch (command & 0xf0) {
    case DIGITAL_MESSAGE:
      return take_port_levels(port_or_channel, (uint8_t)(data[0] | data[1] << 7));
    case REPORT_ANALOG:
      return take_report_analog(port_or_channel, data[0]);
    default:
      return take_report_digital(port_or_channel, data[0]);
  }
}

/* 0 also for a sysex, which ends by its end. */
static uint8_t data_length_of(uint8_t status) {
  if (status == SET_PIN_MODE || status == SET_PIN_VALUE) return 2;
  switch (status & 0xf0) {
    case DIGITAL_MESSAGE:
      return 2;
    case REPORT_ANALOG:
    case REPORT_DIGITAL:
      return 1;
    default:
      return 0;
  }
}

static void end_message(bool understood) {
  command = 0;
  if (understood) {
    guard_hear_host();
  } else {
    count_up(&malformed_messages);
  }
}

static void receive_status(uint8_t status) {
  adrift = false;
  if (status == SYSEX_END) {
    end_message(command == SYSEX_START && take_sysex());
    return;
  }
  if (command != 0) end_message(false);
  length = 0;
  if (status == SYSEX_START || data_length_of(status) > 0) {
    command = status;
  } else if (status == REPORT_VERSION) {
    send_version();
    end_message(true);
  } else if (status == SYSTEM_RESET) {
    reset();
    end_message(true);
  } else {
    end_message(false);
    adrift = true;
  }
}

static void receive_data(uint8_t byte) {
  if (command == 0) {
    if (!adrift) count_up(&malformed_messages);
    adrift = true;
    return;
  }
  if (length == DATA_MAX) return;
  data[length] = byte;
  length += 1;
  if (length == data_length_of(command)) end_message(take_message());
}

void firmata_begin(uint8_t cause) {
  reset_cause = cause;
  reset();
  send_version();
  send_firmware();
}

void firmata_receive(uint8_t byte) {
  if (byte & 0x80) {
    receive_status(byte);
  } else {
    receive_data(byte);
  }
}

void firmata_tick(void) {
  static uint16_t part_ms;
  part_ms += 1;
  if (part_ms == 1000) {
    part_ms = 0;
    count_up(&uptime_s);
  }
  reports_tick();
  if (guard_trip_is_news() && send_status()) guard_trip_told();
}
