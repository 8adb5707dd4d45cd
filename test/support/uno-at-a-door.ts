import type { WiredBoard } from '../../hal/wired-board.js';
import { AvrBoard } from '../../sim/avr/avr-board.js';
import { FanOut } from '../../sim/fan-out.js';
import type { PlantComponent } from '../../sim/plant/plant.js';
import { Plant } from '../../sim/plant/plant.js';
import { CAMERA_PROFILE, DOOR_PROFILES, LOCK_PROFILES } from '../../sim/plant/profiles.js';
import { VirtualClock } from '../../sim/virtual-clock.js';
import { Wiring } from '../../sim/wired/wiring.js';
import type { HandDeed } from '../../sim/world.js';

const CYCLES_PER_MS = 16_000;

/** One thing that is so from a time on, in emulated ms since power came on; of pins with its fractions. */
export type Truth = Readonly<Record<string, string | number | boolean>> & { readonly atMs: number };

export interface UnoOptions {
  readonly board: WiredBoard;
  /** All of the flash. */
  readonly flash: Uint8Array;
  /** Where the chip begins after a reset: 0, or a bootloader's first address. */
  readonly resetAddress: number;
  readonly truth: (truth: Truth) => void;
  /** Bytes for the host have left the board. */
  readonly send: (bytes: Uint8Array) => void;
}

/** An emulated Uno that is wired to a lock and its door as boards.json says; it has power from the beginning. */
export class UnoAtADoor {
  readonly clock = new VirtualClock();
  readonly board: AvrBoard;
  private readonly plant: Plant;

  constructor({ board, flash, resetAddress, truth, send }: UnoOptions) {
    const observer = new FanOut([
      {
        motor: (atMs, motor) => truth({ atMs, motor }),
        motorStalled: (atMs, motorStalled) => truth({ atMs, motorStalled }),
        bolt: (atMs, bolt, travelUm) => truth({ atMs, bolt, travelUm }),
        door: (atMs, closed) => truth({ atMs, door: closed ? 'closed' : 'open' }),
        cameraPower: (atMs, camera) => truth({ atMs, camera }),
        indicator: (atMs, lamp, lit) => truth({ atMs, lamp, lit }),
      },
    ]);
    this.plant = new Plant({
      clock: this.clock,
      seed: 1,
      profiles: { lock: LOCK_PROFILES.slim, door: DOOR_PROFILES.aligned, camera: CAMERA_PROFILE },
      start: { boltExtended: true, doorClosed: true, cameraSwitchedOn: false, utcMs: 0 },
      observer,
    });
    const wiring = new Wiring({ board, plant: this.plant, clock: this.clock, observer });
    this.board = new AvrBoard(
      this.clock,
      flash,
      {
        send,
        pinChanged: (pin, level) => wiring.pinChanged(pin, level),
        isHigh: (pin, pulledUp) => wiring.isHigh(pin, pulledUp),
        analogMv: (channel) => wiring.analogMv(channel),
      },
      resetAddress,
    );
    this.board.onPin = (cycle, pin, level) => truth({ atMs: cycle / CYCLES_PER_MS, pin, level });
    const changed = (): void => this.board.inputsChanged();
    this.plant.wires = {
      switchesChanged: changed,
      contactChanged: changed,
      currentChanged: changed,
      cameraPowerChanged: changed,
      networkChanged: () => undefined,
      calendarJumped: () => undefined,
    };
    this.plant.begin();
    this.board.setPower(true);
  }

  /** `null` when done, or what prevented it. */
  hand(deed: HandDeed): string | null {
    return this.plant.hand(deed);
  }

  setFault(component: PlantComponent, kind: string, present: boolean): void {
    this.plant.setFault(component, kind, present);
  }
}
