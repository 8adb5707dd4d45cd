import type { MotorLoad, SupplyLevel } from '../core/events.js';
import { NEVER } from '../core/never.js';

/** What a drive draws; from boards.json. Currents in mA at `nominalMv`, voltages in mV. */
export interface MotorLimits {
  readonly nominalMv: number;
  /** Above this the motor stands still, scaled with the supply. */
  readonly stallMa: number;
  /** Below this a driven motor cannot be turning. */
  readonly idleMa: number;
  /** Under the motor's load: below `lowMv` the battery wants changing, below `tooLowMv` a throw is no longer sure. */
  readonly lowMv: number;
  readonly tooLowMv: number;
}

/** The inrush of a starting motor is not looked at. */
export const BLANKING_MS = 100;
/** So many samples in a row, at 10 ms, make a fact. */
const PERSISTENCE = 3;
/** After a stop the current must be gone by then. Chosen. */
const DECAY_MS = 20;

/** What is remembered of the motor's current. */
export interface MotorSense {
  readonly driven: boolean;
  /** When the present drive began, or the last one ended. */
  readonly sinceAtMs: number;
  readonly load: MotorLoad;
  readonly supply: SupplyLevel;
  /** Samples in a row that say otherwise than `load` and `supply`. */
  readonly differs: number;
  readonly supplyDiffers: number;
  /** The current and the orders contradict one another: flows while off, or none while driven. */
  readonly contradicts: boolean;
}

export const INITIAL_MOTOR_SENSE: MotorSense = sense(false, -NEVER, 'idle', 'good', 0, 0, false);

export function senseDrive(m: MotorSense, driven: boolean, nowMs: number): MotorSense {
  return sense(driven, nowMs, driven ? 'running' : 'idle', m.supply, 0, 0, m.contradicts);
}

export function senseCurrent(
  m: MotorSense,
  limits: MotorLimits,
  currentMa: number,
  supplyMv: number,
  nowMs: number,
): MotorSense {
  if (nowMs < m.sinceAtMs + (m.driven ? BLANKING_MS : DECAY_MS)) return m;
  const load = loadOf(limits, currentMa, supplyMv);
  const differs = load === m.load ? 0 : m.differs + 1;
  const believed = differs >= PERSISTENCE;
  const contradicts = m.contradicts || (believed && m.driven === (load === 'idle'));
  const supply = m.driven ? supplyOf(limits, supplyMv, m.supply) : m.supply;
  const supplyDiffers = supply === m.supply ? 0 : m.supplyDiffers + 1;
  const supplyBelieved = supplyDiffers >= PERSISTENCE;
  const same = differs === m.differs && contradicts === m.contradicts && supplyDiffers === m.supplyDiffers;
  if (same) return m;
  return sense(
    m.driven,
    m.sinceAtMs,
    believed ? load : m.load,
    supplyBelieved ? supply : m.supply,
    believed ? 0 : differs,
    supplyBelieved ? 0 : supplyDiffers,
    contradicts,
  );
}

/** The contradiction has been reported; the next one is a new one. */
export function contradictionTold(m: MotorSense): MotorSense {
  return sense(m.driven, m.sinceAtMs, m.load, m.supply, m.differs, m.supplyDiffers, false);
}

/** Until when a repeat of the last sample changes nothing. */
export function samplesQuietUntilMs(m: MotorSense, nowMs: number): number {
  const seenFromMs = m.sinceAtMs + (m.driven ? BLANKING_MS : DECAY_MS);
  if (nowMs < seenFromMs) return seenFromMs;
  return m.differs === 0 && m.supplyDiffers === 0 ? NEVER : nowMs;
}

function loadOf(limits: MotorLimits, currentMa: number, supplyMv: number): MotorLoad {
  if (currentMa < limits.idleMa) return 'idle';
  return currentMa > (limits.stallMa * supplyMv) / limits.nominalMv ? 'stalled' : 'running';
}

/** With hysteresis: a rested battery reads higher for a while. 200 mV, chosen. */
function supplyOf(limits: MotorLimits, supplyMv: number, now: SupplyLevel): SupplyLevel {
  const margin = now === 'good' ? 0 : 200;
  if (supplyMv < limits.tooLowMv + (now === 'tooLow' ? margin : 0)) return 'tooLow';
  return supplyMv < limits.lowMv + margin ? 'low' : 'good';
}

function sense(
  driven: boolean,
  sinceAtMs: number,
  load: MotorLoad,
  supply: SupplyLevel,
  differs: number,
  supplyDiffers: number,
  contradicts: boolean,
): MotorSense {
  return { driven, sinceAtMs, load, supply, differs, supplyDiffers, contradicts };
}
