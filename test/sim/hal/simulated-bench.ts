import { FanOut } from '../../../sim/fan-out.js';
import type { MakeBoardSide } from '../../../sim/hal/board-side.js';
import { SimulatedBoardSide } from '../../../sim/hal/simulated-board-side.js';
import { SimulatedHardware } from '../../../sim/hal/simulated-hardware.js';
import type { Notice } from '../../../hal/contracts/notices.js';
import type { IndicatorName } from '../../../hal/contracts/indicators.js';
import type { LockReport } from '../../../hal/contracts/report.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../../../sim/plant/profiles.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import type { FaultComponent } from '../../../sim/world.js';
import type { Bench, Bridge } from '../../hal/contracts/bench.js';

export const START_UTC_MS = Date.UTC(2026, 5, 1, 12);

/** From power, or the end of a crash, to a host that runs again, with room. */
const BOOT_MS = 500;

/** The simulated hardware as the contract suites need it. */
export class SimulatedBench implements Bench {
  readonly hardware: SimulatedHardware;
  readonly notices: Notice[] = [];
  readonly published: (LockReport | string)[] = [];
  private readonly clock = new VirtualClock();
  private readonly bridge: Bridge[] = ['off'];
  private readonly lit = new Set<IndicatorName>();

  constructor(seed = 1, makeBoardSide: MakeBoardSide = (surroundings) => new SimulatedBoardSide(surroundings)) {
    this.hardware = new SimulatedHardware({
      clock: this.clock,
      seed,
      profiles: { lock: LOCK_PROFILES.slim, door: DOOR_PROFILES.aligned, camera: CAMERA_PROFILE },
      start: { boltExtended: false, doorClosed: true, cameraSwitchedOn: false, utcMs: START_UTC_MS },
      observer: new FanOut([
        {
          motor: (_, drive) => this.bridge.push(drive),
          indicator: (_, name, lit) => void (lit ? this.lit.add(name) : this.lit.delete(name)),
          notice: (_, notice) => this.notices.push(notice),
          report: (_, report) => this.published.push(report),
          alarm: (_, alarm, raised) => this.published.push(`${alarm} ${raised}`),
        },
      ]),
      makeBoardSide,
      onHostUp: () => {},
      onHostDown: () => {},
    });
    this.hardware.begin();
  }

  get hal(): Bench['hal'] {
    return this.hardware.hal;
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  advance(durationMs: number): Promise<void> {
    this.clock.advanceTo(this.clock.nowMs() + durationMs);
    return Promise.resolve();
  }

  setFault(component: FaultComponent, kind: string, present: boolean): void {
    this.hardware.setFault(component, kind, present);
  }

  setBoardLink(up: boolean): void {
    this.setFault('boardLink', 'down', !up);
  }

  setNetwork(up: boolean): void {
    this.setFault('network', 'down', !up);
  }

  /** Nobody asks: a simulated network that cannot be asked is one that is down. */
  failToAskNetwork(): void {
    this.setNetwork(false);
  }

  killHost(): void {
    this.setFault('host', 'crashed', true);
  }

  async rebootHost(): Promise<void> {
    this.killHost();
    this.setFault('host', 'crashed', false);
    await this.advance(BOOT_MS);
  }

  async cyclePower(): Promise<void> {
    this.setFault('power', 'down', true);
    await this.advance(BOOT_MS);
    this.setFault('power', 'down', false);
    await this.advance(BOOT_MS);
  }

  turnBolt(way: 'extend' | 'retract', holdMs: number): void {
    this.hardware.hand({ kind: 'turn', what: 'thumbTurn', way, holdMs });
  }

  moveDoor(closed: boolean): void {
    this.hardware.hand({ kind: closed ? 'closeDoor' : 'openDoor' });
  }

  stickExtendedSwitch(stuck: boolean): void {
    this.setFault('extendedSwitch', 'stuckOn', stuck);
  }

  setCameraSupply(on: boolean): void {
    this.setFault('camera', 'unpowered', !on);
  }

  troubleCamera(trouble: 'none' | 'frozen' | 'replayed'): void {
    this.setFault('camera', 'frozen', trouble === 'frozen');
    this.setFault('camera', 'replayed', trouble === 'replayed');
  }

  troubleRecorder(trouble: 'none' | 'full' | 'failing'): void {
    this.setFault('recorder', 'full', trouble === 'full');
    this.setFault('recorder', 'failing', trouble === 'failing');
  }

  troubleStore(trouble: 'none' | 'full' | 'failing'): void {
    this.setFault('store', 'full', trouble === 'full');
    this.setFault('store', 'failing', trouble === 'failing');
  }

  bridgeStates(): readonly Bridge[] {
    return this.bridge;
  }

  boltTravelUm(): number {
    return this.hardware.plant.bolt.travelUm();
  }

  motorCurrentMa(): number {
    return this.hardware.plant.bolt.currentMa();
  }

  supplyMv(): number {
    return this.hardware.plant.bolt.supplyMv();
  }

  cameraPowered(): boolean {
    return this.hardware.plant.cameraPowered();
  }

  isLit(indicator: IndicatorName): boolean {
    return this.lit.has(indicator);
  }
}
