/** A brushed gear motor and the screw it turns, seen at the bolt. */
export interface MotorProfile {
  readonly windingOhms: number;
  readonly noLoadMa: number;
  /** Pull at the bolt for each milliampere above `noLoadMa`. */
  readonly forceNPerMa: number;
  /** Millivolts for each millimetre a second of the bolt. */
  readonly backEmfMvPerMmPerS: number;
  /** While it starts, the motor draws its stall current and the bolt moves at half its speed. */
  readonly inrushMs: number;
}

export interface LockProfile {
  readonly name: string;
  readonly motor: MotorProfile;
  /** What the bolt's own friction takes, everywhere. */
  readonly frictionN: number;
}

/**
 * `slim`: winding from an N20 6 V gear motor, which stalls at 360 mA (its data sheet); no-load current chosen; back-EMF
 * and force chosen so that a free throw takes about a second and a stalled motor pushes with 20 N.
 * `sturdy`: all chosen; it stalls at 1.2 A, within the 1.5 A RMS of a DRV8833, and pushes with 79 N.
 */
export const LOCK_PROFILES = {
  slim: {
    name: 'slim',
    motor: { windingOhms: 16.7, noLoadMa: 60, forceNPerMa: 0.067, backEmfMvPerMmPerS: 190, inrushMs: 80 },
    frictionN: 2,
  },
  sturdy: {
    name: 'sturdy',
    motor: { windingOhms: 5, noLoadMa: 120, forceNPerMa: 0.077, backEmfMvPerMmPerS: 215, inrushMs: 80 },
    frictionN: 4,
  },
} as const satisfies Record<string, LockProfile>;

/** The bolt: throw from the residential standard (1 inch); the rest chosen. */
export const BOLT = {
  throwUm: 25_400,
  /** The retracted switch is on below this travel. */
  retractedBelowUm: 400,
  /** The extended switch is on from this travel on. */
  extendedFromUm: 25_000,
  /** Beyond this travel, the gap between leaf and frame, the bolt holds a closed door and keeps an open one open. */
  gapUm: 3_000,
} as const;

/** A hand on thumb-turn or key, chosen: a full turn takes 400 ms. */
export const HAND = {
  speedUmPerMs: 63.5,
  /** Nobody forces a bolt harder than this against a strike plate; against the motor a hand always wins. */
  forceN: 20,
} as const;

/** How the strike plate receives the bolt while the door is closed. All chosen. */
export interface DoorProfile {
  readonly name: string;
  /** Travel at which the bolt's tip begins to rub on the plate, and at which it is through; between the switches. */
  readonly strikeFromUm: number;
  readonly strikeToUm: number;
  /** How likely the leaf comes to rest so that the bolt binds; drawn at each closing. */
  readonly bindingChance: number;
  /**
   * What a binding plate takes on the way out: at first, and after each relief reversal, with which the leaf settles a
   * little. The last stays.
   */
  readonly extendingN: readonly number[];
  /** What it takes on the way in. */
  readonly retractingN: number;
  /** The forces vary by this share, more or less, from closing to closing. */
  readonly spread: number;
}

/**
 * The slim motor has 18 N left for the plate with a fresh supply and 12 N with a weak one, the sturdy one 75 N and
 * 46 N. `misaligned` therefore jams the slim lock twice and lets it home at the third attempt, whatever the spread.
 */
export const DOOR_PROFILES = {
  aligned: {
    name: 'aligned',
    strikeFromUm: 12_000,
    strikeToUm: 15_000,
    bindingChance: 0,
    extendingN: [0],
    retractingN: 0,
    spread: 0,
  },
  /** Jams now and then, and gives way after one relief. */
  old: {
    name: 'old',
    strikeFromUm: 12_000,
    strikeToUm: 15_000,
    bindingChance: 0.2,
    extendingN: [26, 8],
    retractingN: 4,
    spread: 0.05,
  },
  misaligned: {
    name: 'misaligned',
    strikeFromUm: 12_000,
    strikeToUm: 15_000,
    bindingChance: 1,
    extendingN: [36, 24, 9.5],
    retractingN: 4,
    spread: 0.05,
  },
  /** Wedges the bolt for good: no settling helps, only a hand that pulls the door. */
  badlyMisaligned: {
    name: 'badlyMisaligned',
    strikeFromUm: 12_000,
    strikeToUm: 15_000,
    bindingChance: 1,
    extendingN: [120],
    retractingN: 6,
    spread: 0.05,
  },
  /** A new plate on an old door: the slim motor just makes it, also with a weak supply. */
  mended: {
    name: 'mended',
    strikeFromUm: 12_000,
    strikeToUm: 15_000,
    bindingChance: 1,
    extendingN: [9.5],
    retractingN: 3,
    spread: 0.05,
  },
} as const satisfies Record<string, DoorProfile>;

export interface SupplyProfile {
  readonly openMv: number;
  /** Of cells and wiring: what makes the supply sag under load. */
  readonly internalOhms: number;
}

/**
 * Four alkaline cells, between the 6.5 V and 3.6 V at which locks call them fresh and empty. Resistances chosen:
 * `weak` still throws, `nearlyEmpty` cannot give either motor the current it needs to move at all.
 */
export const SUPPLY_PROFILES = {
  fresh: { openMv: 6_400, internalOhms: 0.6 },
  weak: { openMv: 5_000, internalOhms: 2 },
  nearlyEmpty: { openMv: 4_200, internalOhms: 36 },
} as const satisfies Record<string, SupplyProfile>;

/** The camera and the recorder behind it. */
export interface CameraProfile {
  readonly bootMs: number;
  /** With the fault `slowToBoot`. */
  readonly slowBootMs: number;
  /** 33 to 250 ms: 4 to 30 frames a second. */
  readonly frameIntervalMs: number;
  /** From the capture of a frame to its arrival at lock and recorder. */
  readonly frameLatencyMs: number;
  readonly confirmIntervalMs: number;
  readonly confirmLatencyMs: number;
}

/** All chosen. */
export const CAMERA_PROFILE: CameraProfile = {
  bootMs: 3_000,
  slowBootMs: 30_000,
  frameIntervalMs: 100,
  frameLatencyMs: 40,
  confirmIntervalMs: 500,
  confirmLatencyMs: 60,
};

/** One door with everything on it. */
export interface PlantProfiles {
  readonly lock: LockProfile;
  readonly door: DoorProfile;
  readonly camera: CameraProfile;
}
