import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the data folders of locks are, by board: what outlives a run and is no setting (XDG base directories). */
export function stateFolder(): string {
  const home = process.env['XDG_STATE_HOME'] ?? '';
  return join(home === '' ? join(homedir(), '.local/state') : home, 'latchkey');
}
