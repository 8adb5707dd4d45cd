import type { ArmRefusal } from '../../hal/board-protocol.js';
import { encodeStatus, IMAGE, SYSEX_ARM, SYSEX_STATUS } from '../../hal/board-protocol.js';
import type { Alarm } from '../../hal/contracts/clock.js';
import type { VirtualClock } from '../virtual-clock.js';
import * as outgoing from './board-messages.js';
import { DriveGuard } from './drive-guard.js';
import { CHANNEL_COUNT, FIRST_ANALOG_PIN, FirmataPins, MODE, PIN_COUNT, PORT_COUNT } from './firmata-pins.js';
import { COMMAND, HostMessages, SYSEX } from './host-messages.js';
import type { IoDevice, IoSurroundings } from './io-device.js';
import { PinReports } from './pin-reports.js';
import { SerialLane } from './serial-lane.js';

/** The image's ring of bytes on their way to the host; a message that does not fit is lost as a whole. */
const SENDING_BYTES_MAX = 255;

/** The ATmega's MCUSR. */
const RESET_CAUSE = { powerOn: 1, resetLine: 2 } as const;

/** Of fourteen bits. */
const COUNT_MAX = 16_383;

/** What is flashed. Stock Firmata knows nothing of arming and guards nothing: its outputs work at once. */
export type FirmataImage = 'latchkey' | 'standard';

const NAMES = { latchkey: IMAGE, standard: { name: 'StandardFirmata.ino', major: 2, minor: 5 } } as const;

/**
 * An Arduino with our board image, as hal/image has it, without a processor: a stand-in for speed, held to the image by
 * test. Times are whole milliseconds, so they may differ from the image's by a few. Or with stock Firmata, as far as a
 * lock meets it.
 */
export class VirtualFirmataBoard implements IoDevice {
  private readonly clock: VirtualClock;
  private readonly image: FirmataImage;
  private readonly pins: FirmataPins;
  private readonly guard: DriveGuard;
  private readonly reports: PinReports;
  private readonly messages: HostMessages;
  private readonly fromHost: SerialLane;
  private readonly toHost: SerialLane;
  private readonly tripNews: Alarm;
  private isPowered = false;
  private bootMs = 0;
  private resetCause = 0;
  private armRefusal: ArmRefusal = 'none';
  private malformedMessages = 0;

  constructor(clock: VirtualClock, surroundings: IoSurroundings, image: FirmataImage) {
    this.clock = clock;
    this.image = image;
    this.pins = new FirmataPins(surroundings);
    this.tripNews = clock.alarm(() => this.sendStatus());
    this.guard = new DriveGuard(clock, this.pins, () => this.tripNews.set(clock.nowMs()));
    this.reports = new PinReports(clock, this.pins, (message) => this.send(message));
    this.messages = new HostMessages({
      message: (command, place, first, second) => this.takeMessage(command, place, first, second),
      sysex: (kind, payload) => this.takeSysex(kind, payload),
      ended: (understood) => this.endMessage(understood),
    });
    this.fromHost = new SerialLane(clock, (bytes) => this.takeBytes(bytes));
    this.toHost = new SerialLane(clock, (bytes) => surroundings.send(bytes));
  }

  setPower(on: boolean): void {
    if (on === this.isPowered) return;
    this.isPowered = on;
    if (on) this.boot(RESET_CAUSE.powerOn);
    else this.stop();
  }

  reset(): void {
    if (this.isPowered) this.boot(RESET_CAUSE.resetLine);
  }

  receive(bytes: Uint8Array): void {
    if (this.isPowered) this.fromHost.put(bytes);
  }

  inputsChanged(): void {
    if (!this.isPowered) return;
    this.reports.pinsChanged();
    this.guard.inputsChanged();
  }

  private stop(): void {
    this.fromHost.clear();
    this.toHost.clear();
    this.tripNews.clear();
    this.messages.reset();
    this.reports.reset();
    this.guard.boot();
  }

  private boot(cause: number): void {
    this.stop();
    this.bootMs = this.clock.nowMs();
    this.resetCause = cause;
    this.armRefusal = 'none';
    this.malformedMessages = 0;
    if (this.image === 'standard') this.pins.beStandard();
    this.send(outgoing.VERSION_MESSAGE);
    this.sendFirmware();
  }

  private takeBytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.messages.take(byte);
    // It may have changed modes.
    this.reports.pinsChanged();
  }

  private endMessage(understood: boolean): void {
    if (understood) this.guard.hearHost();
    else this.malformedMessages = Math.min(this.malformedMessages + 1, COUNT_MAX);
  }

  private takeMessage(command: number, place: number, first: number, second: number): boolean {
    switch (command) {
      case COMMAND.digital:
        return this.writePort(place, first | (second << 7));
      case COMMAND.reportAnalog:
        return this.reportAnalog(place, first);
      case COMMAND.reportDigital:
        if (place >= PORT_COUNT || first > 1) return false;
        this.reports.reportPort(place, first === 1);
        return true;
      case COMMAND.pinMode:
        return this.pins.setMode(first, second);
      case COMMAND.pinValue:
        return this.writePin(first, second);
      case COMMAND.version:
        this.send(outgoing.VERSION_MESSAGE);
        return true;
      default:
        this.guard.reset();
        this.reports.reset();
        if (this.image === 'standard') this.pins.beStandard();
        return true;
    }
  }

  private takeSysex(kind: number, payload: Uint8Array): boolean {
    if (kind === SYSEX_ARM && this.image === 'latchkey') return this.arm(payload);
    const [first = 0, second = 0] = payload;
    if (kind === SYSEX.pinStateQuery && payload.length === 1 && first < PIN_COUNT) {
      this.send(outgoing.pinStateMessage(first, this.pins.mode(first), this.pins.state(first)));
      return true;
    }
    if (kind === SYSEX.samplingInterval && payload.length === 2) {
      this.reports.setSampling(first | (second << 7));
      return true;
    }
    return payload.length === 0 && this.answer(kind);
  }

  private answer(query: number): boolean {
    switch (query) {
      case SYSEX_STATUS:
        if (this.image === 'standard') return false;
        this.sendStatus();
        return true;
      case SYSEX.firmware:
        this.sendFirmware();
        return true;
      case SYSEX.capabilityQuery:
        this.send(outgoing.capabilitiesMessage());
        return true;
      case SYSEX.analogMappingQuery:
        this.send(outgoing.analogMappingMessage());
        return true;
      default:
        return false;
    }
  }

  /** Only a message that arrived whole is understood, and a sign of life. */
  private arm(payload: Uint8Array): boolean {
    this.armRefusal = this.guard.arm(payload);
    this.sendStatus();
    return this.armRefusal !== 'checksum';
  }

  private writePort(port: number, levels: number): boolean {
    if (port >= PORT_COUNT) return false;
    // LOW first: a port changes at once, so no two of its pins overlap.
    for (const high of [false, true]) {
      for (let bit = 0; bit < 8; bit += 1) {
        if (((levels >> bit) & 1) === Number(high)) this.guard.write(port * 8 + bit, high);
      }
    }
    this.guard.settle();
    return true;
  }

  private writePin(pin: number, value: number): boolean {
    if (pin < 2 || pin >= PIN_COUNT || value > 1) return false;
    this.guard.write(pin, value === 1);
    this.guard.settle();
    return true;
  }

  private reportAnalog(channel: number, wanted: number): boolean {
    if (channel >= CHANNEL_COUNT || wanted > 1) return false;
    const pin = FIRST_ANALOG_PIN + channel;
    if (wanted === 1 && this.pins.mode(pin) !== MODE.output) this.pins.setMode(pin, MODE.analog);
    this.reports.reportChannel(channel, wanted === 1);
    return true;
  }

  private sendFirmware(): void {
    const { name, major, minor } = NAMES[this.image];
    this.send(outgoing.firmwareMessage(name, major, minor));
  }

  private sendStatus(): void {
    const { state, lastTrip, counters } = this.guard;
    const status = encodeStatus({
      state,
      lastTrip,
      armRefusal: this.armRefusal,
      resetCause: this.resetCause,
      uptimeS: Math.min(Math.floor((this.clock.nowMs() - this.bootMs) / 1000), COUNT_MAX),
      deadManTrips: counters.deadMan,
      driveLimitTrips: counters.driveLimit,
      overCurrentTrips: counters.overCurrent,
      bothDirectionsTrips: counters.bothDirections,
      watchdogResets: 0,
      drives: counters.drives,
      malformedMessages: this.malformedMessages,
    });
    this.send(status);
  }

  private send(message: Uint8Array): void {
    if (this.toHost.length() + message.length <= SENDING_BYTES_MAX) this.toHost.put(message);
  }
}
