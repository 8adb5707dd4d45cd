import type { Alarm } from '../../hal/contracts/clock.js';
import type { SerialLine, SerialLineListener } from '../../hal/contracts/serial-line.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { IoDevice, MakeIoDevice } from './io-device.js';
import type { PinSurroundings } from './wiring.js';

/** Chosen. */
const OPENING_MS = 1;

const NO_PORT = 'there is no such port';

/**
 * The serial line between a host and an I/O board, with the board at its end. What goes wrong with lines goes wrong
 * with this one: it can be cut, pulled out, disturbed, and lead to a board that does not listen.
 */
export class SimulatedLine implements SerialLine {
  readonly device: IoDevice;
  private readonly clock: VirtualClock;
  private readonly opened: Alarm;
  private readonly closed: Alarm;
  private readonly disturbance: Alarm;
  private listener: SerialLineListener | null = null;
  private state: 'closed' | 'opening' | 'open' = 'closed';
  private closedReason = '';
  private isConnected = true;
  private isPluggedIn = true;
  private isDeaf = false;
  private garbage = new Uint8Array();

  constructor(clock: VirtualClock, pins: PinSurroundings, makeDevice: MakeIoDevice) {
    this.clock = clock;
    this.opened = clock.alarm(() => this.tellOpened());
    this.closed = clock.alarm(() => this.listener?.closed(this.closedReason));
    this.disturbance = clock.alarm(() => this.disturb());
    this.device = makeDevice({
      send: (bytes) => this.carryToHost(bytes),
      pinChanged: (pin, level) => pins.pinChanged(pin, level),
      isHigh: (pin, pulledUp) => pins.isHigh(pin, pulledUp),
      analogMv: (channel) => pins.analogMv(channel),
    });
  }

  watch(listener: SerialLineListener): void {
    this.listener = listener;
  }

  /** A port that opens resets the board. */
  open(): void {
    if (this.state !== 'closed') return;
    if (!this.isPluggedIn) {
      this.shut(NO_PORT);
      return;
    }
    this.state = 'opening';
    // Before the reset, so that the host hears all that the board says from then on.
    this.opened.set(this.clock.nowMs() + OPENING_MS);
    this.device.reset();
  }

  write(bytes: Uint8Array): void {
    if (this.state === 'open' && this.isConnected && !this.isDeaf) this.device.receive(bytes);
  }

  close(): void {
    if (this.state !== 'closed') this.shut('the host closed the port');
  }

  /** The host died: its port closes, and nobody is told. */
  dropHost(): void {
    this.listener = null;
    this.state = 'closed';
    this.opened.clear();
    this.closed.clear();
  }

  /** A data wire that is loose: the port stays open, and bytes in both directions are lost. */
  setConnected(connected: boolean): void {
    this.isConnected = connected;
  }

  /** The whole plug: an open port closes, and none can be opened. The board's power is another matter. */
  setPluggedIn(pluggedIn: boolean): void {
    this.isPluggedIn = pluggedIn;
    if (!pluggedIn && this.state !== 'closed') this.shut('the board was unplugged');
  }

  /** A board that still talks, but does not hear. */
  setDeaf(deaf: boolean): void {
    this.isDeaf = deaf;
  }

  /** Bytes that the board never sent reach the host. */
  disturbHost(bytes: Uint8Array): void {
    this.garbage = Uint8Array.of(...this.garbage, ...bytes);
    this.disturbance.set(this.clock.nowMs());
  }

  private carryToHost(bytes: Uint8Array): void {
    if (this.state === 'open' && this.isConnected) this.listener?.received(bytes);
  }

  private disturb(): void {
    const { garbage } = this;
    this.garbage = new Uint8Array();
    if (this.state === 'open') this.listener?.received(garbage);
  }

  private shut(reason: string): void {
    this.state = 'closed';
    this.closedReason = reason;
    this.opened.clear();
    this.closed.set(this.clock.nowMs());
  }

  private tellOpened(): void {
    this.state = 'open';
    this.listener?.opened();
  }
}
