import type { Terminal } from '../../../cli/terminal.js';
import { unpainted } from '../../../sim/report/tone.js';

/** A terminal that keeps what is written to it. */
export class CapturedTerminal implements Terminal {
  outText = '';
  errorText = '';
  readonly paint = unpainted;
  readonly showsProgress = false;

  readonly out = (text: string): void => {
    this.outText += text;
  };

  readonly error = (text: string): void => {
    this.errorText += text;
  };

  readonly nowMs = (): number => performance.now();
}
