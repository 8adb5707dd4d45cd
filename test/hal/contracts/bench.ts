import type { Hal } from '../../../hal/contracts/hal.js';
import type { IndicatorName } from '../../../hal/contracts/indicators.js';

/** The state of the bridge's pins. */
export type Bridge = 'off' | 'extend' | 'retract' | 'both';

/**
 * The hardware of one door under test, and the world around it: what the suites do to it, and the truth they hold it
 * to. A bench begins powered, both links up, nothing ordered and nothing faulty, the bolt retracted, the door closed.
 */
export interface Bench {
  readonly hal: Hal;
  /** Time in the world. */
  nowMs(): number;
  /** Lets everything happen that is due within the next `durationMs`. */
  advance(durationMs: number): Promise<void>;

  /** Cuts or mends the link between host and board. */
  setBoardLink(up: boolean): void;
  setNetwork(up: boolean): void;
  /** From now on asking for the network's state fails. */
  failToAskNetwork(): void;
  /** The host dies, with the firmware and its end of the HAL. */
  killHost(): void;
  /** Power fails for lock, board and host, and returns; nothing is ordered afterwards. */
  cyclePower(): Promise<void>;

  /** A hand turns the bolt all the way, and holds it there for so long. */
  turnBolt(way: 'extend' | 'retract', holdMs: number): void;
  moveDoor(closed: boolean): void;
  /** Makes the extended switch read "on" whatever the bolt does, or lets it read the truth again. */
  stickExtendedSwitch(stuck: boolean): void;
  /** The supply in front of the camera's switch. */
  setCameraSupply(on: boolean): void;
  troubleCamera(trouble: 'none' | 'frozen' | 'replayed'): void;
  troubleRecorder(trouble: 'none' | 'full' | 'failing'): void;

  /** Every state that the bridge was in, the first one included; the last is the present one. */
  bridgeStates(): readonly Bridge[];
  boltTravelUm(): number;
  motorCurrentMa(): number;
  supplyMv(): number;
  cameraPowered(): boolean;
  isLit(indicator: IndicatorName): boolean;
}

export type MakeBench = () => Promise<Bench>;
