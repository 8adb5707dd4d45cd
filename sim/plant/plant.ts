import type { Observations } from '../observation.js';
import type { VirtualClock } from '../virtual-clock.js';
import type { FaultComponent, HandDeed } from '../world.js';
import { Bolt } from './bolt.js';
import { Calendar } from './calendar.js';
import type { FeedMode } from './camera-feed.js';
import { CameraFeed } from './camera-feed.js';
import { Doorway } from './doorway.js';
import { Faults } from './faults.js';
import { Network } from './network.js';
import type { PlantProfiles, SupplyProfile } from './profiles.js';
import { BOLT, DOOR_PROFILES, SUPPLY_PROFILES } from './profiles.js';
import { Sensors } from './sensors.js';
import { Strike } from './strike.js';

/** How the door stands when the run begins. */
export interface PlantStart {
  readonly boltExtended: boolean;
  readonly doorClosed: boolean;
  readonly cameraSwitchedOn: boolean;
  /** The calendar in truth. */
  readonly utcMs: number;
}

export interface PlantOptions {
  readonly clock: VirtualClock;
  /** An integer. */
  readonly seed: number;
  readonly profiles: PlantProfiles;
  readonly start: PlantStart;
  readonly observer: Observations;
}

/** What can fail in the plant; the others belong to the hardware between it and the firmware. */
export type PlantComponent = Exclude<FaultComponent, 'power' | 'host' | 'boardLink' | 'store'>;

/** What is wired to the plant. Called while a change happens: it takes note, and tells the firmware later. */
export interface PlantWires {
  switchesChanged(): void;
  contactChanged(): void;
  /** Motor current or supply voltage. */
  currentChanged(): void;
  cameraPowerChanged(): void;
  networkChanged(): void;
  calendarJumped(): void;
}

/** The physical world of one door, at every depth of simulation the same: what is true, and what sensors make of it. */
export class Plant {
  readonly bolt: Bolt;
  readonly doorway: Doorway;
  readonly sensors: Sensors;
  readonly feed: CameraFeed;
  readonly network: Network;
  readonly calendar: Calendar;
  readonly faults: Faults;
  wires: PlantWires | null = null;
  private readonly clock: VirtualClock;
  private readonly observer: Observations;
  private readonly profiles: PlantProfiles;
  private readonly strike: Strike;
  private plateIsMended = false;
  private cameraSwitchedOn: boolean;
  private cameraOn = false;

  constructor({ clock, seed, profiles, start, observer }: PlantOptions) {
    this.clock = clock;
    this.observer = observer;
    this.profiles = profiles;
    this.cameraSwitchedOn = start.cameraSwitchedOn;
    const travelUm = start.boltExtended ? BOLT.throwUm : 0;
    this.faults = new Faults(clock, observer);
    this.strike = new Strike(seed, profiles.door, start.doorClosed);
    this.bolt = new Bolt(clock, observer, profiles.lock, SUPPLY_PROFILES.fresh, this.strike, travelUm);
    this.doorway = new Doorway(clock, observer, this.bolt, this.strike, start.doorClosed);
    this.sensors = new Sensors(this.faults, this.bolt, this.doorway);
    this.feed = new CameraFeed(clock, observer, seed, profiles.camera);
    this.network = new Network(clock, observer);
    this.calendar = new Calendar(clock, observer, this.faults, start.utcMs);
    this.wire();
  }

  /** Tells the observer how everything stands as the run begins, and lets it begin. */
  begin(): void {
    this.calendar.begin();
    this.network.begin();
    this.doorway.begin();
    this.bolt.begin();
    this.observer.cameraPower(this.clock.nowMs(), this.cameraOn);
    this.settleCameraPower();
  }

  hand(deed: HandDeed): string | null {
    return this.doorway.hand(deed);
  }

  /** The switch of the camera's rail. It is off whenever the board's pin floats: without power, and after a reset. */
  switchCamera(on: boolean): void {
    this.cameraSwitchedOn = on;
    this.settleCameraPower();
  }

  cameraPowered(): boolean {
    return this.cameraOn;
  }

  /** Takes effect at once. Throws on a kind that the component does not have. */
  setFault(component: PlantComponent, kind: string, present: boolean): void {
    if (!this.faults.set(component, kind, present)) return;
    switch (component) {
      case 'camera':
        this.cameraFaultChanged();
        return;
      case 'recorder':
        this.feed.setKeeps(!this.faults.has('recorder', 'full') && !this.faults.has('recorder', 'failing'));
        return;
      case 'network':
        if (kind === 'down') this.network.setDown(present);
        else this.network.setFlapping(present);
        return;
      case 'battery':
        this.bolt.setSupply(this.supply());
        return;
      case 'strikePlate':
        this.plateIsMended = false;
        this.plateChanged();
        return;
      case 'secondLock':
        this.doorway.engageSecondLock(present);
        return;
      case 'calendar':
        this.calendar.faultChanged(kind, present);
        return;
      case 'doorContact':
      case 'extendedSwitch':
      case 'retractedSwitch':
      case 'motorSense':
        this.sensors.faultChanged();
        this.wires?.contactChanged();
        this.wires?.switchesChanged();
        this.wires?.currentChanged();
    }
  }

  private wire(): void {
    this.bolt.listener = {
      placeChanged: () => this.wires?.switchesChanged(),
      currentChanged: () => this.wires?.currentChanged(),
    };
    this.doorway.onMoved = () => this.wires?.contactChanged();
    this.doorway.onMended = () => this.mendStrikePlate();
    this.network.onChanged = () => this.wires?.networkChanged();
    this.calendar.onJumped = () => this.wires?.calendarJumped();
  }

  private supply(): SupplyProfile {
    if (this.faults.has('battery', 'nearlyEmpty')) return SUPPLY_PROFILES.nearlyEmpty;
    return this.faults.has('battery', 'weak') ? SUPPLY_PROFILES.weak : SUPPLY_PROFILES.fresh;
  }

  /** Mends whatever is wrong with the plate, of old or by a fault. */
  private mendStrikePlate(): void {
    this.faults.set('strikePlate', 'misaligned', false);
    this.faults.set('strikePlate', 'badlyMisaligned', false);
    this.plateIsMended = true;
    this.plateChanged();
  }

  private plateChanged(): void {
    let { door } = this.profiles;
    if (this.plateIsMended) door = DOOR_PROFILES.mended;
    if (this.faults.has('strikePlate', 'misaligned')) door = DOOR_PROFILES.misaligned;
    if (this.faults.has('strikePlate', 'badlyMisaligned')) door = DOOR_PROFILES.badlyMisaligned;
    this.strike.setProfile(door);
    this.bolt.strikeChanged();
  }

  private cameraFaultChanged(): void {
    let mode: FeedMode = 'genuine';
    if (this.faults.has('camera', 'replayed')) mode = 'replayed';
    if (this.faults.has('camera', 'restamped')) mode = 'restamped';
    if (this.faults.has('camera', 'frozen')) mode = 'frozen';
    if (this.faults.has('camera', 'stalled')) mode = 'stalled';
    this.feed.setMode(mode);
    this.feed.setSlow(this.faults.has('camera', 'slowToBoot'));
    this.settleCameraPower();
  }

  private settleCameraPower(): void {
    const on = this.cameraSwitchedOn && !this.faults.has('camera', 'unpowered');
    if (on === this.cameraOn) return;
    this.cameraOn = on;
    this.observer.cameraPower(this.clock.nowMs(), on);
    this.feed.setPowered(on, this.faults.has('camera', 'slowToBoot'));
    this.wires?.cameraPowerChanged();
  }
}
