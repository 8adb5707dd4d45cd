import type { Arming, BoardStatus } from '../../board-protocol.js';
import { encodeArm, SYSEX_STATUS } from '../../board-protocol.js';
import type { Alarm, Clock } from '../../contracts/clock.js';
import type { SerialLine } from '../../contracts/serial-line.js';
import { Gate } from './firmata-gate.js';
import type { FirmataMessage } from './firmata-messages.js';
import { FirmataMessages } from './firmata-messages.js';
import { Handshake } from './handshake.js';
import { Heartbeat } from './heartbeat.js';
import { ReopenedLine } from './line.js';
import type { BoardNews } from './news.js';
import { NO_DEAD_MAN } from './news.js';
import { Outputs } from './outputs.js';
import type { Wiring } from './wiring.js';
import { inputsOf } from './wiring.js';

/** How soon a board that does not answer is asked anew, from the beginning. Chosen. */
const ASK_MS = 200;
/** A board that was refused will hardly be another one sooner. Chosen. */
const REFUSED_MS = 1_000;
/** After this someone should look at the board; a bootloader takes two seconds. Chosen. */
const NO_ANSWER_MS = 3_000;

const VERSION_QUERY = Uint8Array.of(0xf9);
const STATUS_QUERY = Uint8Array.of(0xf0, SYSEX_STATUS, 0xf7);

const RESTARTED = 'the board has restarted';

const ARM_FAULTS = {
  range: 'a time or a limit in boards.json is out of its range',
  pins: 'a pin in boards.json cannot be what it is to be',
} as const;

export interface BoardSessionListener {
  linkChanged(up: boolean): void;
  pinRead(pin: number, high: boolean): void;
  channelRead(channel: number, counts: number): void;
  news(news: BoardNews): void;
}

export interface BoardSessionOptions {
  readonly line: SerialLine;
  readonly clock: Clock;
  readonly wiring: Wiring;
  readonly arming: Arming;
  readonly samplingMs: number;
  readonly heartbeatMs: number;
  readonly listener: BoardSessionListener;
}

/** `greeting` is the handshake; `reading` waits for the inputs to be read once. */
type Phase = 'closed' | 'greeting' | 'refused' | 'arming' | 'reading' | 'up';

/**
 * The link to a board over a line that may lie: from the first byte to pins that can be used, and again after each
 * loss. It is up while heartbeats are answered, the board is armed, and no byte came that no Firmata board sends.
 */
export class BoardSession {
  private readonly options: BoardSessionOptions;
  private readonly clock: Clock;
  private readonly line: ReopenedLine;
  private readonly listener: BoardSessionListener;
  private readonly messages: FirmataMessages;
  private readonly handshake: Handshake;
  private readonly gate: Gate;
  private readonly outputs: Outputs;
  /** One pin of each port with inputs, by port. */
  private readonly inputPorts: ReadonlyMap<number, number>;
  private readonly unreadPorts = new Set<number>();
  private readonly heartbeat: Heartbeat;
  /** When it goes off, everything is asked anew. */
  private readonly patience: Alarm;
  private phase: Phase = 'closed';
  private status: BoardStatus | null = null;
  private unansweredSinceMs = 0;
  private toldReason: string | null = null;

  constructor(options: BoardSessionOptions) {
    const { clock, listener, wiring } = options;
    this.options = options;
    this.clock = clock;
    this.line = new ReopenedLine(clock, options.line, {
      opened: () => this.opened(),
      received: (bytes) => this.messages.take(bytes),
      closed: (reason) => this.fall('closed', reason),
    });
    this.listener = listener;
    this.messages = new FirmataMessages({
      message: (message) => this.take(message),
      garbage: () => this.distrust(),
    });
    this.handshake = new Handshake(wiring, {
      send: (bytes) => this.line.write(bytes),
      goesOn: () => this.enter('greeting', ASK_MS),
      found: () => this.prepare(),
      refused: (reason) => this.refuse(reason),
      pinRead: (pin, high) => listener.pinRead(pin, high),
      channelRead: (channel, counts) => listener.channelRead(channel, counts),
    });
    this.gate = new Gate(this.handshake, wiring.adcCountsMax, {
      versionTold: () => this.takeVersion(),
      imageTold: () => this.takeImage(),
      statusTold: (status) => this.takeStatus(status),
      portTold: (bytes, port) => this.takePort(bytes, port),
      channelTold: (bytes) => this.takeChannel(bytes),
      garbage: () => this.distrust(),
    });
    this.outputs = new Outputs(wiring);
    this.inputPorts = new Map(inputsOf(wiring).map(({ pin }) => [pin >> 3, pin]));
    this.heartbeat = new Heartbeat(clock, options.heartbeatMs, {
      beat: () => this.beat(),
      silent: () => this.lose('the board does not answer any more'),
    });
    this.patience = clock.alarm(() => this.greet());
  }

  /** To be called once. */
  open(): void {
    this.line.open();
  }

  /** Switches motor and lamps off, and closes the line for good; nothing is told any more but `closed`. */
  close(closed: () => void): void {
    this.outputs.switchOff(this.handshake.board);
    this.phase = 'closed';
    this.heartbeat.stop();
    this.patience.clear();
    this.handshake.forget();
    this.line.end(closed);
  }

  get isUp(): boolean {
    return this.phase === 'up';
  }

  /** Only while the link is up. */
  write(pin: number, high: boolean): void {
    this.outputs.write(this.handshake.board, pin, high);
  }

  /** Only while the link is up: begins or ends the samples of motor current and supply. */
  sample(on: boolean): void {
    for (const channel of this.options.wiring.channels) this.handshake.board?.reportChannel(channel, on);
  }

  private opened(): void {
    this.messages.reset();
    this.unansweredSinceMs = this.clock.nowMs();
    this.greet();
  }

  /** From the beginning, whatever was under way. What should be off may be on for all that is known. */
  private greet(): void {
    this.enter('greeting', ASK_MS);
    this.outputs.repeat(this.handshake.board);
    this.handshake.ask();
    if (this.clock.nowMs() < this.unansweredSinceMs + NO_ANSWER_MS) return;
    this.tellDown('the board does not answer like one with Firmata; `latchkey flash` writes the Latchkey image');
  }

  private refuse(reason: string): void {
    this.enter('refused', REFUSED_MS);
    this.unansweredSinceMs = this.clock.nowMs();
    this.tellDown(reason);
  }

  private enter(phase: Exclude<Phase, 'closed' | 'up'>, patienceMs: number): void {
    this.phase = phase;
    this.patience.set(this.clock.nowMs() + patienceMs);
  }

  private take(message: FirmataMessage): void {
    if (this.phase === 'greeting') this.handshake.take(message);
    else if (this.phase !== 'closed' && this.phase !== 'refused') this.gate.take(message);
  }

  /** The answer to a heartbeat, from an image that has no status; else the board starts. */
  private takeVersion(): void {
    if (!this.isUp) return;
    if (this.handshake.isOurs) this.lose(RESTARTED);
    else this.heartbeat.hear();
  }

  /** Before the link is up, that is the late answer to a question asked twice; after, the board starts. */
  private takeImage(): void {
    if (this.isUp) this.lose(RESTARTED);
  }

  /** Other ports are told because somebody asked for them before. */
  private takePort(bytes: Uint8Array, port: number): void {
    if (this.phase === 'arming' || !this.inputPorts.has(port)) return;
    this.handshake.board?.feed(bytes);
    this.unreadPorts.delete(port);
    if (this.phase === 'reading' && this.unreadPorts.size === 0) this.comeUp();
  }

  private takeChannel(bytes: Uint8Array): void {
    if (this.isUp) this.handshake.board?.feed(bytes);
  }

  private takeStatus(status: BoardStatus): void {
    if (this.phase === 'arming') this.takeArmAnswer(status);
    else if (status.state === 'armed') this.takeHeartbeat(status);
    else this.lose(status.state === 'tripped' ? "the board's dead-man switched motor and lamps off" : RESTARTED);
  }

  /** An order that was garbled on its way is repeated with everything else. */
  private takeArmAnswer(status: BoardStatus): void {
    const { armRefusal, state } = status;
    if (armRefusal === 'range' || armRefusal === 'pins')
      this.refuse(`the board refuses to be armed: ${ARM_FAULTS[armRefusal]}`);
    else if (armRefusal === 'none' && state === 'armed') this.read(status);
  }

  private takeHeartbeat(status: BoardStatus): void {
    if (this.status !== null && tripsOf(status) > tripsOf(this.status)) {
      this.listener.news({ kind: 'tripped', trip: status.lastTrip });
    }
    this.status = status;
    if (this.isUp) this.heartbeat.hear();
  }

  /** Inputs come first: what an image is asked of outputs before it is armed, it forgets. */
  private prepare(): void {
    const { wiring, samplingMs, arming } = this.options;
    this.handshake.board?.makeInputs(wiring, samplingMs);
    if (!this.handshake.isOurs) {
      this.read(null);
      return;
    }
    this.enter('arming', ASK_MS);
    this.line.write(encodeArm(arming));
  }

  private read(status: BoardStatus | null): void {
    const { board } = this.handshake;
    this.enter('reading', ASK_MS);
    this.status = status;
    if (board !== null) this.outputs.begin(board);
    for (const [port, pin] of this.inputPorts) {
      this.unreadPorts.add(port);
      board?.reportPort(pin);
    }
  }

  private comeUp(): void {
    const { image, isOurs } = this.handshake;
    this.phase = 'up';
    this.patience.clear();
    this.toldReason = null;
    this.heartbeat.start();
    this.listener.linkChanged(true);
    if (image === null) return;
    this.listener.news({ kind: 'up', image, status: this.status, warnings: isOurs ? [] : [NO_DEAD_MAN] });
  }

  /** Says that the host lives, asks whether the board does, and makes up for reports and orders that were lost. */
  private beat(): void {
    const { board, isOurs } = this.handshake;
    this.line.write(isOurs ? STATUS_QUERY : VERSION_QUERY);
    for (const pin of this.inputPorts.values()) board?.reportPort(pin);
    this.outputs.repeat(board);
  }

  /** One byte that no board sends, and nothing is sure of what came with it. */
  private distrust(): void {
    if (this.isUp) this.lose('bytes came that no board with Firmata sends');
    else if (this.phase === 'arming' || this.phase === 'reading') this.greet();
  }

  /** The line is open, but the link is down: the handshake begins anew. */
  private lose(reason: string): void {
    this.unansweredSinceMs = this.clock.nowMs();
    this.fall('greeting', reason);
    // Whoever was told may have closed the session.
    if (this.phase === 'greeting') this.greet();
  }

  private fall(phase: 'greeting' | 'closed', reason: string): void {
    const wasUp = this.isUp;
    this.phase = phase;
    this.patience.clear();
    this.heartbeat.stop();
    if (wasUp) {
      this.outputs.switchOff(this.handshake.board);
      this.listener.linkChanged(false);
    }
    this.tellDown(reason);
  }

  private tellDown(reason: string): void {
    if (reason === this.toldReason) return;
    this.toldReason = reason;
    this.listener.news({ kind: 'down', reason });
  }
}

function tripsOf({ driveLimitTrips, overCurrentTrips, bothDirectionsTrips }: BoardStatus): number {
  return driveLimitTrips + overCurrentTrips + bothDirectionsTrips;
}
