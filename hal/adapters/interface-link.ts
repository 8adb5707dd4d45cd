import { networkInterfaces } from 'node:os';
import type { Alarm, Clock } from '../contracts/clock.js';
import type { Link } from '../contracts/links.js';

/** Half of the 600 ms within which a change is to be reported, less what a busy host may be late. Chosen. */
const ASK_MS = 250;

/**
 * The network as the operating system shows it: up while any interface that leads out of the machine has an address.
 * That says nothing of what lies behind the router.
 */
export class InterfaceLink implements Link {
  private readonly clock: Clock;
  private readonly interfaces: typeof networkInterfaces;
  private readonly alarm: Alarm;
  private listener: ((up: boolean) => void) | null = null;
  private reported: boolean | null = null;

  constructor(clock: Clock, interfaces: typeof networkInterfaces = networkInterfaces) {
    this.clock = clock;
    this.interfaces = interfaces;
    this.alarm = clock.alarm(() => this.ask());
  }

  watch(listener: (up: boolean) => void): void {
    this.listener = listener;
    this.reported = null;
    this.alarm.set(this.clock.nowMs());
  }

  /** At this moment. An error while asking counts as down. */
  isUp(): boolean {
    try {
      const addresses = Object.values(this.interfaces()).flatMap((found) => found ?? []);
      return addresses.some(({ internal, address }) => !internal && !isLinkLocal(address));
    } catch {
      return false;
    }
  }

  private ask(): void {
    this.alarm.set(this.clock.nowMs() + ASK_MS);
    const up = this.isUp();
    if (up === this.reported) return;
    this.reported = up;
    this.listener?.(up);
  }
}

/** What an interface gives itself when nobody answers (RFC 3927, RFC 4291). */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}
