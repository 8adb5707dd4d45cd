import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { EVENTS_KEPT_MAX } from '../../firmware/interface/event-ring.js';
import { routes } from '../../firmware/interface/routes.js';
import { DOOR_SOCKET_NAME, OWNER_KEY_NAME } from '../../cli/lock-folder.js';

/** Without what a formatter may change. */
const guide = readFileSync(join(import.meta.dirname, '../../../docs/INTERFACE.md'), 'utf8').replaceAll(/\s+/g, ' ');

const audiences = { anyone: 'anyone', keypad: 'keypad', resident: 'residents', owner: 'owner' } as const;

describe('docs/INTERFACE.md', () => {
  it('knows every route, and whom it is for', () => {
    for (const { method, path, audience, summary } of routes) {
      expect(guide).to.include(`| \`${method} ${path}\` | ${audiences[audience]} | ${summary} |`);
    }
    expect(guide.match(/\| `(?:GET|POST|PUT|DELETE) /g)).to.have.length(routes.length);
  });

  it('names files and limits as they are', () => {
    expect(guide).to.include(`\`${DOOR_SOCKET_NAME}\``).and.include(`\`${OWNER_KEY_NAME}\``);
    expect(guide).to.include(`${EVENTS_KEPT_MAX.toLocaleString('en')} events`);
  });
});
