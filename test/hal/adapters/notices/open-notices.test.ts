import { expect } from 'chai';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, DataFolderError } from '../../../../hal/adapters/files/data-folder.js';
import { openNotices } from '../../../../hal/adapters/notices/open-notices.js';
import type { HalFault } from '../../../../hal/contracts/hal-fault.js';
import type { Notice, NoticeTransport, Recipient } from '../../../../hal/contracts/notices.js';
import { DocumentError } from '../../../../hal/document.js';
import { HookServer } from './hook-server.js';

const SECRET = Buffer.alloc(32, 7).toString('base64');

describe('notices.yaml', () => {
  let path: string;
  let folder: DataFolder;
  let server: HookServer;
  let url: string;

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'latchkey-notices-'));
    folder = new DataFolder(path);
    server = new HookServer();
    url = (await server.listen()).href;
  });

  afterEach(() => {
    server.close();
    folder.close();
    rmSync(path, { recursive: true });
  });

  function open(plan?: string): NoticeTransport {
    if (plan !== undefined) writeFileSync(folder.file('notices.yaml'), plan);
    const silent = (): void => {};
    return openNotices({ folder, doorId: 'front-door', isOnline: () => true, onArrival: silent, onTrouble: silent });
  }

  function writeSecret(name: string, text = SECRET): void {
    writeFileSync(folder.file(name), text, { mode: 0o600 });
  }

  function send(notices: NoticeTransport, to: Recipient): Promise<HalFault | null> {
    const notice: Notice = { number: 1, to, kind: 'visitEnded', visitId: 'v', detail: 'completed', utcMs: null };
    return new Promise((resolve) => notices.send(notice, resolve));
  }

  function fileLines(): number {
    return readFileSync(folder.file('notices.jsonl'), 'utf8').split('\n').length - 1;
  }

  it('where it is missing, keeps the owner’s notices in the folder, and sends none', async () => {
    const notices = open();
    expect(await send(notices, 'owner')).to.equal(null);
    expect(await send(notices, 'provider:acme')).to.equal(null);
    expect(fileLines()).to.equal(1);
    expect(server.posted).to.deep.equal([]);
  });

  it('sends to whom it names, by the secret of each, and to nobody else', async () => {
    writeSecret('owner.secret');
    writeSecret('acme.secret', Buffer.alloc(24, 9).toString('base64'));
    const notices = open(
      `owner: { file: true, webhook: { url: '${url}?owner', secretFile: owner.secret } }\n` +
        `providers: { acme: { url: '${url}?acme', secretFile: acme.secret } }\n`,
    );
    for (const to of ['owner', 'provider:acme', 'provider:other'] as const) {
      expect(await send(notices, to)).to.equal(null);
    }
    expect(server.posted.map((posted) => posted.url.split('?')[1])).to.deep.equal(['owner', 'acme']);
    expect(fileLines()).to.equal(1);
  });

  const mistakes: readonly (readonly [string, string, RegExp])[] = [
    ['nobody', 'owner: {}', /notices\.yaml:1:8: owner: Give the owner a file, a webhook, or both\./u],
    ['plain http', 'owner: { webhook: { url: http://192.168.1.5/x, secretFile: s } }', /Give an https URL/u],
    ['no URL', 'owner: { webhook: { url: nonsense, secretFile: s } }', /Give a URL/u],
    ['a path', 'owner: { webhook: { url: https://a.example, secretFile: ../s } }', /Name a file in this folder/u],
    ['a word it does not know', 'owner: { file: true }\nproviders: {}\nmore: 1', /more/u],
    [
      'no provider’s id',
      "owner: { file: true }\nproviders: { 'a b': { url: 'https://a.example', secretFile: s } }",
      /id/u,
    ],
  ];
  for (const [what, plan, message] of mistakes) {
    it(`is refused with ${what}`, () => {
      expect(() => open(plan)).to.throw(DocumentError, message);
    });
  }

  const hook = 'owner: { webhook: { url: https://a.example/x, secretFile: s.secret } }';

  it('is refused without the secret that it names', () => {
    expect(() => open(hook)).to.throw(DataFolderError, /s\.secret: cannot be read: ENOENT; notices\.yaml names it/u);
  });

  it('is refused with a secret that others can read', () => {
    writeSecret('s.secret');
    chmodSync(folder.file('s.secret'), 0o640);
    expect(() => open(hook)).to.throw(DataFolderError, /s\.secret: is open to other users; close it: chmod 600/u);
  });

  it('is refused with a secret that is none, and does not show it', () => {
    writeSecret('s.secret', 'hunter2');
    expect(() => open(hook)).to.throw(DataFolderError, /openssl rand -base64 32/u);
    expect(() => open(hook)).to.not.throw(DataFolderError, /hunter2/u);
  });
});
