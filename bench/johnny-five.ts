import { EventEmitter } from 'node:events';
import five from 'johnny-five';
import mocks from 'mock-firmata';
import { useFakeTimers } from 'sinon';
import { PIN, Sketch } from './johnny-five-sketch.js';
import { PeerDoor } from './peer-door.js';
import type { Site, VisitResult } from './visit.js';

/** The other side of the board: what the sketch writes moves the plant, and what happens there the sketch reads. */
class DoorFirmata extends mocks.Firmata {
  private readonly door: PeerDoor<number>;
  private readonly digitalReaders = new Map<number, (value: number) => void>();
  private readCurrent: (counts: number) => void = () => {};
  private way: 'extend' | 'retract' = 'extend';

  constructor(door: PeerDoor<number>) {
    super();
    this.door = door;
  }

  override digitalWrite(pin: number, value: number): void {
    if (pin === PIN.motorWay) this.way = value === 1 ? 'extend' : 'retract';
    if (pin === PIN.camera) this.door.powerCamera(value === 1);
    if (pin === PIN.recorder) this.door.record(value === 1);
  }

  override analogWrite(pin: number, value: number): void {
    if (pin !== PIN.motorSpeed) return;
    this.door.drive(value === 0 ? 'off' : this.way);
    if (value === 0) return;
    this.tell(PIN.extended, false);
    this.tell(PIN.retracted, false);
  }

  override digitalRead(pin: number, read: (value: number) => void): void {
    this.digitalReaders.set(pin, read);
  }

  override analogRead(_channel: number, read: (counts: number) => void): void {
    this.readCurrent = read;
  }

  tellCurrent(counts: number): void {
    this.readCurrent(counts);
  }

  tell(pin: number, closed: boolean): void {
    this.digitalReaders.get(pin)?.(Number(closed));
  }
}

/** The lock as a johnny-five sketch on mock-firmata, under sinon's fake timers. */
export class JohnnyFiveSite implements Site {
  private readonly clock = useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'nextTick'],
  });
  private readonly people = new EventEmitter();
  private readonly door: PeerDoor<number>;
  private readonly sketch: Sketch;

  /** Fakes the timers of the whole process, until `dispose`. */
  constructor() {
    const { clock } = this;
    this.door = new PeerDoor<number>({
      setTimeout: (fire, delayMs) => Number(clock.setTimeout(fire, delayMs)),
      clearTimeout: (handle) => clock.clearTimeout(handle),
    });
    const io = new DoorFirmata(this.door);
    const board = new five.Board({ io, repl: false, debug: false, sigint: false });
    io.emit('connect');
    io.emit('ready');
    const video = new EventEmitter();
    this.sketch = new Sketch(board, this.people, video);
    this.door.listener = {
      boltReached: (place) => io.tell(place === 'extended' ? PIN.extended : PIN.retracted, true),
      doorMoved: (closed) => io.tell(PIN.doorContact, closed),
      motorDraws: (currentMa) => io.tellCurrent(currentMa),
      frame: (sequence, digest) => video.emit('frame', sequence, digest),
      confirmed: (sequence) => video.emit('confirmed', sequence),
    };
  }

  dispose(): void {
    this.clock.restore();
  }

  nowMs(): number {
    return this.clock.now;
  }

  advanceTo(atMs: number): void {
    this.clock.tick(atMs - this.clock.now);
  }

  arrive(visitId: string): void {
    this.people.emit('arrive', visitId);
  }

  ring(visitId: string): void {
    this.people.emit('ring', visitId);
  }

  enter(visitId: string): void {
    this.people.emit('enter', visitId);
  }

  openDoor(): void {
    this.door.openDoor();
  }

  closeDoor(): void {
    this.door.closeDoor();
  }

  depart(visitId: string): void {
    this.people.emit('depart', visitId);
  }

  result(): VisitResult {
    return this.door.result(this.sketch.phase === 'locked' ? this.sketch.completed : 0);
  }
}
