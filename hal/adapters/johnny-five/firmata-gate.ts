import type { BoardStatus } from '../../board-protocol.js';
import { decodeStatus, SYSEX_STATUS } from '../../board-protocol.js';
import { SYSEX } from './firmata-answers.js';
import type { FirmataMessage } from './firmata-messages.js';

/** Eight pins. */
const PORT_BITS_MAX = 0xff;

export interface GateFacts {
  /** Whether the image is ours, and so knows status messages. */
  readonly isOurs: boolean;
  readonly pinCount: number;
  readonly channelCount: number;
}

export interface GateListener {
  versionTold(): void;
  imageTold(): void;
  statusTold(status: BoardStatus): void;
  portTold(bytes: Uint8Array, port: number): void;
  channelTold(bytes: Uint8Array): void;
  /** What no such board says: then nothing is sure of what it said besides. */
  garbage(): void;
}

/** Judges what a board says once it is known, before anything of it reaches firmata-io. */
export class Gate {
  private readonly facts: GateFacts;
  private readonly adcCountsMax: number;
  private readonly listener: GateListener;

  constructor(facts: GateFacts, adcCountsMax: number, listener: GateListener) {
    this.facts = facts;
    this.adcCountsMax = adcCountsMax;
    this.listener = listener;
  }

  take(message: FirmataMessage): void {
    switch (message.kind) {
      case 'version':
        this.listener.versionTold();
        return;
      case 'digital':
        if (message.bits <= PORT_BITS_MAX && message.port * 8 < this.facts.pinCount) {
          this.listener.portTold(message.bytes, message.port);
        } else {
          this.listener.garbage();
        }
        return;
      case 'analog':
        if (message.counts <= this.adcCountsMax && message.channel < this.facts.channelCount) {
          this.listener.channelTold(message.bytes);
        } else {
          this.listener.garbage();
        }
        return;
      case 'sysex':
        this.takeSysex(message.id, message.payload);
    }
  }

  private takeSysex(id: number, payload: Uint8Array): void {
    if (id === SYSEX_STATUS && this.facts.isOurs) {
      const status = decodeStatus(payload);
      if (status === null) this.listener.garbage();
      else this.listener.statusTold(status);
    } else if (id === SYSEX.firmware) {
      this.listener.imageTold();
    } else if (id !== SYSEX.string) {
      this.listener.garbage();
    }
  }
}
