import type { BoltPlace, Drive, Observations } from '../observation.js';
import type { RecordReader } from './record-readers.js';

type Told = 'motorStalled' | 'fault' | 'request' | 'synced' | 'storeFault' | 'report' | 'alarm' | 'notice' | 'finish';

/**
 * What monitors are told, once `Truth` has taken it in. Of the world only changes: what is observed again as it was, is
 * not told again.
 */
export interface Changes extends Pick<Observations, Told> {
  motor(nowMs: number, drive: Drive, previousDrive: Drive): void;
  bolt(nowMs: number, place: BoltPlace, previousPlace: BoltPlace): void;
  hand(nowMs: number): void;
  door(nowMs: number, closed: boolean): void;
  host(nowMs: number, running: boolean): void;
  /** The lock came alive or died: its power, its host, or the link from host to board. */
  life(nowMs: number, alive: boolean): void;
  network(nowMs: number): void;
  /** The camera was switched on or off, or its frames have failed to come for 500 ms. */
  camera(nowMs: number): void;
}

/** Is told what it has a method for. */
export type Listener = Partial<Changes> & RecordReader;

/** Those who have a method for one change. */
export function listening<Method extends keyof Changes>(
  listeners: readonly Listener[],
  method: Method,
): readonly Pick<Changes, Method>[] {
  return listeners.filter((listener): listener is Listener & Pick<Changes, Method> => listener[method] !== undefined);
}
