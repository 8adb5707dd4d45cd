import type { Alarm } from '../../../hal/contracts/clock.js';
import type { Quiet, SimulatedHardware } from '../../../sim/hal/simulated-hardware.js';
import type { FirmwareClock } from '../../../sim/virtual-clock.js';

const FRAME_FRESH_MS = 500;
const CONFIRMATION_FRESH_MS = 2_000;
const ROUND_MS = 7_300;
const BLANKING_MS = 100;
const PERSISTENCE = 3;

/**
 * A stand-in for the firmware: watchdogs on frames and confirmations, a round of its own, and a motor that it stops at
 * its end switch, or when three samples in a row say that it stalls. Writes down what it decides, and its frames.
 */
export class HeartbeatConsumer implements Quiet {
  readonly frames: string[] = [];
  samples = 0;
  private readonly clock: FirmwareClock;
  private readonly hardware: SimulatedHardware;
  private readonly decide: (words: string) => unknown;
  private readonly watchdog: Alarm;
  private readonly stopping: Alarm;
  private live = false;
  private confirmed = false;
  private recording = false;
  private newestMs = -1;
  private frameMs = -1;
  private confirmedMs = -1;
  private roundMs = ROUND_MS;
  private goal: 'extend' | 'retract' | null = null;
  private driveMs = 0;
  private load = 'idle';
  private differing = 0;

  constructor(clock: FirmwareClock, hardware: SimulatedHardware, decide: (words: string) => unknown) {
    this.clock = clock;
    this.hardware = hardware;
    this.decide = decide;
    this.watchdog = clock.alarm(() => this.wake());
    this.stopping = clock.alarm(() => this.stop());
    const { hal } = hardware;
    hal.cameraFrames.watch((sequence, captureMs, digest) => this.seeFrame(sequence, captureMs, digest));
    hal.recorder.watch((captureMs) => this.seeConfirmation(captureMs));
    hal.motorCurrent.watch((currentMa, supplyMv) => this.seeSample(currentMa, supplyMv));
    hal.boltSwitches?.watch((extended, retracted) => this.seeSwitches(extended, retracted));
    hal.doorContact.watch((closed) => this.decide(`door ${closed}`));
    this.rearm();
  }

  framesUntilMs(): number {
    const isQuiet = this.live && (this.confirmed || !this.recording);
    return isQuiet ? this.roundMs : this.clock.nowMs();
  }

  samplesUntilMs(): number {
    const nowMs = this.clock.nowMs();
    if (nowMs < this.driveMs + BLANKING_MS) return this.driveMs + BLANKING_MS;
    return this.differing === 0 ? Infinity : nowMs;
  }

  drive(goal: 'extend' | 'retract'): void {
    const fault = this.hardware.hal.boltMotor[goal]();
    this.goal = fault === null ? goal : null;
    this.driveMs = this.clock.nowMs();
    this.differing = 0;
  }

  record(recording: boolean): void {
    if (recording) this.hardware.hal.recorder.start();
    else this.hardware.hal.recorder.stop();
    this.recording = recording;
    this.confirmed = false;
    this.rearm();
  }

  private seeFrame(sequence: number, captureMs: number, digest: number): void {
    this.frames.push(`${sequence} ${captureMs} ${digest}`);
    if (captureMs <= this.newestMs && sequence > 0) return;
    this.newestMs = captureMs;
    this.frameMs = this.clock.nowMs();
    if (!this.live) this.decide(`live at frame ${sequence}`);
    this.live = true;
    this.rearm();
  }

  private seeConfirmation(captureMs: number): void {
    if (!this.recording || captureMs + FRAME_FRESH_MS < this.newestMs) return;
    this.confirmedMs = this.clock.nowMs();
    if (!this.confirmed) this.decide('confirmed');
    this.confirmed = true;
    this.rearm();
  }

  private seeSample(currentMa: number, supplyMv: number): void {
    this.samples += 1;
    if (this.clock.nowMs() < this.driveMs + BLANKING_MS) return;
    const load = loadOf(currentMa, supplyMv);
    this.differing = load === this.load ? 0 : this.differing + 1;
    if (this.differing < PERSISTENCE) return;
    this.differing = 0;
    this.load = load;
    this.decide(`${load}, ${currentMa} mA at ${supplyMv} mV`);
    if (load === 'stalled') this.stopping.set(this.clock.nowMs());
  }

  private seeSwitches(extended: boolean, retracted: boolean): void {
    this.decide(`switches ${extended} ${retracted}`);
    if ((this.goal === 'extend' && extended) || (this.goal === 'retract' && retracted)) this.stop();
  }

  private stop(): void {
    this.goal = null;
    this.hardware.hal.boltMotor.stop();
  }

  private wake(): void {
    const nowMs = this.clock.nowMs();
    if (this.live && nowMs >= this.frameMs + FRAME_FRESH_MS) {
      this.live = false;
      this.decide(`stale since ${this.frameMs}`);
    }
    if (this.confirmed && nowMs >= this.confirmedMs + CONFIRMATION_FRESH_MS) {
      this.confirmed = false;
      this.decide(`unconfirmed since ${this.confirmedMs}`);
    }
    if (nowMs >= this.roundMs) {
      this.roundMs = nowMs + ROUND_MS;
      this.decide(`round, newest frame of ${this.newestMs}, confirmed at ${this.confirmedMs}`);
    }
    this.rearm();
  }

  private rearm(): void {
    const staleMs = this.live ? this.frameMs + FRAME_FRESH_MS : Infinity;
    const unconfirmedMs = this.confirmed ? this.confirmedMs + CONFIRMATION_FRESH_MS : Infinity;
    this.watchdog.set(Math.min(staleMs, unconfirmedMs, this.roundMs));
  }
}

function loadOf(currentMa: number, supplyMv: number): string {
  if (currentMa < 15) return 'idle';
  return currentMa > (330 * supplyMv) / 6_000 ? 'stalled' : 'running';
}
