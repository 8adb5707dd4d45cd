import { Draws } from '../random.js';
import type { DoorProfile } from './profiles.js';

/** The strike plate in the frame: what it takes to push the bolt through it, or to draw it out. */
export class Strike {
  private readonly bindingDraws: Draws;
  private readonly spreadDraws: Draws;
  private profile: DoorProfile;
  private closings = 0;
  private reliefs = 0;
  private closed: boolean;
  private pulled = false;
  private jammed = false;
  private outN = 0;
  private inN = 0;

  constructor(seed: number, profile: DoorProfile, closed: boolean) {
    this.bindingDraws = new Draws(seed, 'strike binding');
    this.spreadDraws = new Draws(seed, 'strike spread');
    this.profile = profile;
    this.closed = closed;
    this.weigh();
  }

  fromUm(): number {
    return this.profile.strikeFromUm;
  }

  toUm(): number {
    return this.profile.strikeToUm;
  }

  setProfile(profile: DoorProfile): void {
    this.profile = profile;
    this.reliefs = 0;
    this.weigh();
  }

  /** Each closing brings the leaf to rest anew. */
  setClosed(closed: boolean): void {
    this.closed = closed;
    this.reliefs = 0;
    this.jammed = false;
    if (closed) this.closings += 1;
    this.weigh();
  }

  /** A hand pulls the door against its seal: no side load on the bolt while it lasts. */
  setPulled(pulled: boolean): void {
    this.pulled = pulled;
    this.weigh();
  }

  /** What stands against the bolt on its way through the plate. */
  extendingN(): number {
    return this.outN;
  }

  /** Whether the plate resists anywhere at all, so that its edges matter to the motion. */
  binds(): boolean {
    return this.outN > 0 || this.inN > 0;
  }

  resistanceN(travelUm: number, way: number): number {
    const { strikeFromUm, strikeToUm } = this.profile;
    if (way > 0) return travelUm >= strikeFromUm && travelUm < strikeToUm ? this.outN : 0;
    return travelUm > strikeFromUm && travelUm <= strikeToUm ? this.inN : 0;
  }

  /** The bolt stands still against the plate. */
  jam(): void {
    this.jammed = true;
  }

  /** The bolt moves back: after a jam this lets the leaf settle. */
  relieve(): void {
    if (!this.jammed) return;
    this.jammed = false;
    this.reliefs += 1;
    this.weigh();
  }

  private weigh(): void {
    const { bindingChance, extendingN, retractingN, spread } = this.profile;
    const binding = this.closed && !this.pulled && this.bindingDraws.share(this.closings) < bindingChance;
    const factor = binding ? 1 + spread * (2 * this.spreadDraws.share(this.closings) - 1) : 0;
    this.outN = factor * (extendingN[Math.min(this.reliefs, extendingN.length - 1)] ?? 0);
    this.inN = factor * retractingN;
  }
}
