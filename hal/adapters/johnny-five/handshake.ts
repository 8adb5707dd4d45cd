import { IMAGE } from '../../board-protocol.js';
import type { ImageVersion, PinModes } from './firmata-answers.js';
import { parseAnalogMapping, parseCapabilities, parseFirmware, SYSEX } from './firmata-answers.js';
import type { GateFacts } from './firmata-gate.js';
import type { FirmataMessage } from './firmata-messages.js';
import { JohnnyFiveBoard } from './board.js';
import type { Wiring } from './wiring.js';
import { misfit } from './wiring.js';

/** Firmata's own version, that of the protocol. Two is the only one in use. */
const PROTOCOL_MAJOR = 2;

const VERSION_AND_IMAGE_QUERY = Uint8Array.of(0xf9, 0xf0, SYSEX.firmware, 0xf7);

const MEND = '`latchkey flash` writes the right image';

type VersionMessage = FirmataMessage & { readonly kind: 'version' };

export interface HandshakeListener {
  /** Bytes for the board. */
  send(bytes: Uint8Array): void;
  /** The board is known, and its pins can be used. */
  found(): void;
  /** The board has answered, and there is more to ask. */
  goesOn(): void;
  /** It is none that a lock can be run on; one clause says why. */
  refused(reason: string): void;
  pinRead(pin: number, high: boolean): void;
  channelRead(channel: number, counts: number): void;
}

/**
 * Learns which image is on a board and what its pins can do, and makes johnny-five acquainted with it. A board that names
 * the image it had before is known already. Of what a board says, only the answer to the last question is heard, and
 * only if firmata-io can bear it: that throws on malformed answers, and takes unasked ones as well.
 */
export class Handshake implements GateFacts {
  private readonly wiring: Wiring;
  private readonly listener: HandshakeListener;
  /** The answer to the last query; `null` before. */
  private version: VersionMessage | null = null;
  /** Who the board said it is. A new image is believed when it has said so twice: names have no check sum. */
  private claim: { readonly image: ImageVersion; readonly protocolMajor: number } | null = null;
  private known: { readonly board: JohnnyFiveBoard; readonly image: ImageVersion } | null = null;
  /** The sysex that answers johnny-five's last question. */
  private awaited: number | null = null;
  private modesOfPins: readonly PinModes[] = [];
  private analogPins: readonly number[] = [];

  constructor(wiring: Wiring, listener: HandshakeListener) {
    this.wiring = wiring;
    this.listener = listener;
  }

  /** The board, once found. */
  get board(): JohnnyFiveBoard | null {
    return this.known?.board.isReady === true ? this.known.board : null;
  }

  get image(): ImageVersion | null {
    return this.known?.image ?? null;
  }

  /** Whether the image has a dead-man. */
  get isOurs(): boolean {
    return this.known?.image.name === IMAGE.name;
  }

  get pinCount(): number {
    return this.modesOfPins.length;
  }

  get channelCount(): number {
    return this.analogPins.length;
  }

  /** Asks from the beginning, whatever was under way. */
  ask(): void {
    if (this.board === null) this.forget();
    this.claim = null;
    this.askOnce();
  }

  /** Leaves nothing of johnny-five behind. */
  forget(): void {
    this.known?.board.dispose();
    this.known = null;
    this.awaited = null;
  }

  /** What was not asked for is not heard. */
  take(message: FirmataMessage): void {
    if (message.kind === 'version') this.version = message;
    if (message.kind !== 'sysex') return;
    const { bytes, id, payload } = message;
    if (id === SYSEX.firmware) this.takeImage(bytes, parseFirmware(payload));
    else if (id === this.awaited) this.takeDescription(bytes, id, payload);
  }

  private askOnce(): void {
    this.version = null;
    this.listener.send(VERSION_AND_IMAGE_QUERY);
  }

  private takeImage(bytes: Uint8Array, image: ImageVersion | null): void {
    const { version, claim } = this;
    // Late answers come too, while johnny-five asks on.
    if (image === null || version === null || this.awaited !== null) return;
    if (this.board !== null && isSame(image, this.known?.image)) {
      this.listener.found();
    } else if (claim !== null && isSame(image, claim.image) && version.major === claim.protocolMajor) {
      this.judgeImage(version, bytes, image);
    } else {
      this.claim = { image, protocolMajor: version.major };
      this.listener.goesOn();
      this.askOnce();
    }
  }

  private judgeImage(version: VersionMessage, bytes: Uint8Array, image: ImageVersion): void {
    const fault = imageFault(image, version.major);
    if (fault === null) this.describe(version, bytes, image);
    else this.refuse(fault);
  }

  private describe(version: VersionMessage, firmware: Uint8Array, image: ImageVersion): void {
    this.forget();
    const board = new JohnnyFiveBoard({
      send: (bytes) => this.sendQuestion(bytes),
      ready: () => this.judgePins(),
      pinRead: (pin, high) => this.listener.pinRead(pin, high),
      channelRead: (channel, counts) => this.listener.channelRead(channel, counts),
    });
    this.known = { board, image };
    this.listener.goesOn();
    board.begin(version.bytes, firmware);
  }

  private sendQuestion(bytes: Uint8Array): void {
    if (bytes[0] === 0xf0 && bytes[1] === SYSEX.capabilityQuery) this.awaited = SYSEX.capabilities;
    if (bytes[0] === 0xf0 && bytes[1] === SYSEX.analogMappingQuery) this.awaited = SYSEX.analogMapping;
    this.listener.send(bytes);
  }

  private takeDescription(bytes: Uint8Array, id: number, payload: Uint8Array): void {
    if (id === SYSEX.capabilities) {
      const modesOfPins = parseCapabilities(payload);
      if (modesOfPins === null) return;
      this.modesOfPins = modesOfPins;
    } else {
      const analogPins = parseAnalogMapping(payload, this.modesOfPins.length);
      if (analogPins === null) return;
      this.analogPins = analogPins;
    }
    this.listener.goesOn();
    // firmata-io asks on, or is ready, from inside this.
    this.awaited = null;
    this.known?.board.feed(bytes);
  }

  private judgePins(): void {
    const fault = misfit(this.wiring, this.modesOfPins, this.analogPins);
    if (fault === null) this.listener.found();
    else this.refuse(`the board is not wired as boards.json has it: ${fault}; ${MEND}`);
  }

  private refuse(reason: string): void {
    this.forget();
    this.listener.refused(reason);
  }
}

/** Why a lock cannot be run on that image, in one clause; `null` if it can. */
function imageFault(image: ImageVersion, protocolMajor: number): string | null {
  if (protocolMajor !== PROTOCOL_MAJOR) return `the board speaks Firmata ${protocolMajor}, not 2; ${MEND}`;
  const { name, major, minor } = image;
  if (name !== IMAGE.name || (major === IMAGE.major && minor >= IMAGE.minor)) return null;
  const age = major > IMAGE.major ? 'newer than this program' : 'too old';
  return `the board's image is ${name} ${major}.${minor}, ${age}: ${IMAGE.major}.${IMAGE.minor} is needed; ${MEND}`;
}

function isSame(image: ImageVersion, other: ImageVersion | undefined): boolean {
  return image.name === other?.name && image.major === other.major && image.minor === other.minor;
}
