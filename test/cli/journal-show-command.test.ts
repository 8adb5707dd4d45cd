import { expect } from 'chai';
import type { JournalShowOptions } from '../../cli/journal-show-command.js';
import { runJournalShow } from '../../cli/journal-show-command.js';
import { encodeHeader, encodeRecord } from '../../firmware/journal/journal-line.js';
import type { Issuance } from '../../firmware/access/authority.js';
import { Fold } from '../../firmware/journal/fold.js';
import type { JournalEvent, JournalRecord } from '../../firmware/journal/records.js';
import { journalBytes } from '../firmware/support/journal-bytes.js';
import { entryOf, FROM_UTC_MS, grantOf, recordsOf } from '../firmware/support/records.js';
import { JournalBench } from './journal-surroundings.js';

const SECRETS = ['code-hash-secret', 'code-salt-secret', 'access-key-hash-secret'];

const ISSUANCE: Issuance = {
  providerId: 'parcels',
  keyId: 'k1',
  workerName: 'Carla Cruz',
  photo: null,
  deviceX: 'x',
  deviceId: 'd',
  issuedUtcMs: FROM_UTC_MS,
  expiresUtcMs: FROM_UTC_MS + 1,
  certificates: [],
};

const GRANT = grantOf({ personId: 'parcels/c17', issuance: ISSUANCE });

/** One a second from 10:00:00 UTC on. */
const DELIVERY: readonly JournalEvent[] = [
  { kind: 'booted' },
  { kind: 'positionFound', bolt: 'extended', doorClosed: true },
  {
    kind: 'providerEnrolled',
    provider: { id: 'parcels', name: 'Parcel Express', keys: [], purposes: ['delivery'], tokenLifeMaxMs: 1 },
    personId: 'owner',
  },
  { kind: 'visitAnnounced', grant: GRANT },
  { kind: 'visitorArrived', visitId: 'visit-1', personId: 'parcels/c17' },
  { kind: 'visitorRang', visitId: 'visit-1' },
  {
    kind: 'requestRefused',
    request: 'enter',
    personId: 'stranger',
    visitId: 'visit-1',
    entry: 1,
    reason: 'notYourVisit',
  },
  { kind: 'entryAccepted', visitId: 'visit-1', entry: 1 },
  { kind: 'recordingConfirmed', visitId: 'visit-1', entry: 1 },
  { kind: 'driveIntended', goal: 'unlocked', source: 'visit', visitId: 'visit-1', entry: 1 },
  { kind: 'driveEnded', goal: 'unlocked', result: 'ok', bolt: 'retracted' },
  { kind: 'doorMoved', closed: false },
  { kind: 'doorMoved', closed: true },
  { kind: 'driveIntended', goal: 'locked', source: 'visit', visitId: 'visit-1', entry: null },
  { kind: 'driveEnded', goal: 'locked', result: 'ok', bolt: 'extended' },
  { kind: 'distanceReported', visitId: 'visit-1', moment: 'departure', distanceM: 12 },
  { kind: 'departed', visitId: 'visit-1', how: 'stated' },
  { kind: 'deliveryClaimed', visitId: 'visit-1', personId: 'parcels/c17' },
  {
    kind: 'visitEnded',
    visitId: 'visit-1',
    outcome: 'completed',
    entriesSpent: 1,
    doorOpenMs: 1_000,
    jams: 0,
    deliveryClaimed: true,
  },
];

const LATER: readonly JournalEvent[] = [
  { kind: 'boltMovedByHand', bolt: 'retracted' },
  { kind: 'alarmRaised', alarm: 'DoorAjar' },
  { kind: 'alarmCleared', alarm: 'DoorAjar' },
  { kind: 'modeChanged', mode: 'privacy', personId: 'owner' },
  {
    kind: 'codeSet',
    code: {
      userNumber: 7,
      holder: { kind: 'guest', personId: 'aunt' },
      hash: { salt: 'code-salt-secret', hash: 'code-hash-secret', cost: 14 },
      expiresUtcMs: null,
      usesLeft: 3,
    },
    asker: { kind: 'person', personId: 'owner' },
  },
  {
    kind: 'accessKeySet',
    accessKey: { id: 'phone', personId: 'owner', hash: 'access-key-hash-secret' },
    personId: 'owner',
  },
  { kind: 'visitAnnounced', grant: grantOf({ id: 'visit-2', personId: 'walker' }) },
];

const DAY = recordsOf([...DELIVERY, ...LATER]);

describe('latchkey journal show', () => {
  let bench: JournalBench;

  beforeEach(() => {
    bench = new JournalBench();
  });

  afterEach(() => bench.remove());

  async function show(
    options: Partial<JournalShowOptions> = {},
    records: readonly JournalRecord[] = DAY,
  ): Promise<string> {
    const file = bench.file('journal', journalBytes(records));
    bench.out = '';
    expect(await runJournalShow(file, { zone: 'UTC', json: false, ...options }, bench)).to.equal(0);
    return bench.out;
  }

  async function items(options: Partial<JournalShowOptions> = {}): Promise<Record<string, unknown>[]> {
    const lines = (await show({ json: true, ...options })).trimEnd().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  const kinds = async (options: Partial<JournalShowOptions>): Promise<unknown[]> =>
    (await items(options)).map(({ kind }) => kind);

  it('tells of a visit who was there for whom, when, and what was measured apart from what was claimed', async () => {
    expect(await show({ visit: 'visit-1', person: 'parcels/c17' })).to.equal(
      `2026-06-01T10:00:18.000Z  visit visit-1: Carla Cruz (parcels/c17), delivery
    door front-door, sent by Parcel Express
    expected 2026-06-01T10:00:00.000Z to 2026-06-01T11:00:00.000Z, 1 entry
    2026-06-01T10:00:03.000Z  announced
    2026-06-01T10:00:04.000Z  arrived
    2026-06-01T10:00:05.000Z  rang
    2026-06-01T10:00:07.000Z  entry 1 accepted
    2026-06-01T10:00:08.000Z  recorded
    2026-06-01T10:00:10.000Z  unlocked
    2026-06-01T10:00:11.000Z  door opened
    2026-06-01T10:00:12.000Z  door closed
    2026-06-01T10:00:14.000Z  relocked
    measured: completed, unlocked 1 time, door open 1.0 s, no jams
    claimed: delivered 2026-06-01T10:00:17.000Z, left 2026-06-01T10:00:16.000Z, 12 m away when leaving
`,
    );
  });

  it('tells refusals, hands, alarms and modes in the order of time', async () => {
    const lines = (await show())
      .split('\n')
      .filter((line) => line.startsWith('2026') && !line.includes('visit visit-1:'));
    expect(lines).to.deep.equal([
      '2026-06-01T10:00:00.000Z  the lock starts',
      '2026-06-01T10:00:01.000Z  found: bolt extended, door closed',
      '2026-06-01T10:00:02.000Z  owner enrols the firm parcels (Parcel Express)',
      "2026-06-01T10:00:06.000Z  stranger enter refused: the visit is somebody else's (visit visit-1)",
      '2026-06-01T10:00:19.000Z  a hand moved the bolt: retracted',
      '2026-06-01T10:00:20.000Z  alarm raised: door ajar, the door has stood open for too long',
      '2026-06-01T10:00:21.000Z  alarm cleared: door ajar',
      '2026-06-01T10:00:22.000Z  owner sets the mode: privacy',
      '2026-06-01T10:00:23.000Z  owner sets the code of user 7, for aunt',
      '2026-06-01T10:00:24.000Z  owner gives owner the access key phone',
    ]);
  });

  it('tells of a visit all that its door did until its end, and counts to an entry what it did until the bolt was home', async () => {
    const moved = (closed: boolean): JournalEvent => ({ kind: 'doorMoved', closed });
    const relocked = DELIVERY.findIndex((event) => event.kind === 'driveEnded' && event.goal === 'locked') + 1;
    const opened = DELIVERY.findIndex((event) => event.kind === 'doorMoved') + 1;
    const events = DELIVERY.toSpliced(relocked, 0, moved(false), moved(true)).toSpliced(
      opened,
      0,
      moved(true),
      moved(false),
    );
    const text = await show({ visit: 'visit-1', person: 'parcels/c17' }, recordsOf(events));
    const seconds = [...text.matchAll(/10:00:(\d\d)\.000Z {2}door/g)].map(([, second]) => second);
    expect(seconds).to.deep.equal(['11', '12', '13', '14', '17', '18']);
    const [visit] = (await show({ json: true, visit: 'visit-1', person: 'parcels/c17' }, recordsOf(events)))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { entries: { doorOpened: object; doorClosed: object }[] });
    expect(visit?.entries[0]?.doorOpened).to.include({ time: '2026-06-01T10:00:11.000Z' });
    expect(visit?.entries[0]?.doorClosed).to.include({ time: '2026-06-01T10:00:14.000Z' });
    const later = await show({}, recordsOf([...DELIVERY, moved(false)]));
    expect(later).to.match(/\n2026-06-01T10:00:19\.000Z {2}door opened\n$/);
  });

  it('tells of every departure, in the order of time', async () => {
    const left: JournalEvent = { kind: 'departed', visitId: 'visit-1', how: 'shown' };
    const accepted = DELIVERY.findIndex(({ kind }) => kind === 'entryAccepted');
    const events = DELIVERY.toSpliced(-1, 0, left).toSpliced(accepted, 0, left);
    const text = await show({ visit: 'visit-1', person: 'Carla Cruz' }, recordsOf(events));
    expect(text).to.match(
      /:07\.000Z {2}seen to leave\n.*:08\.000Z {2}entry 1 accepted\n(.*\n)+.*:19\.000Z {2}seen to leave\n/,
    );
  });

  it('finds a person by their id, their name, and what their firm calls them', async () => {
    for (const person of ['parcels/c17', 'c17', 'carla cruz']) {
      expect(
        (await items({ person })).map(({ kind }) => kind),
        person,
      ).to.deep.equal(['visit']);
    }
  });

  it('counts to a guest the codes that were typed as theirs', async () => {
    const events: readonly JournalEvent[] = [...LATER, { kind: 'codeRefused', userNumber: 7 }];
    const text = await show({ person: 'aunt' }, recordsOf(events));
    expect(text).to.equal(
      '2026-06-01T10:00:04.000Z  owner sets the code of user 7, for aunt\n' +
        '2026-06-01T10:00:07.000Z  wrong code for user 7\n',
    );
  });

  it('says that nothing is on record for what was asked', async () => {
    expect(await show({ person: 'ghost', door: 'front-door' })).to.equal('');
    expect(bench.error).to.equal('latchkey: journal: nothing is on record for --person ghost --door front-door\n');
    bench.error = '';
    await show();
    expect(bench.error).to.equal('');
  });

  it('tells visits that are not over last', async () => {
    const text = await show();
    expect(text).to.match(/\nnot over {2}visit visit-2: walker, delivery\n(?: {4}.*\n)+$/);
    expect(text).to.contain('measured: the visit is not over\n    claimed: nothing\n');
  });

  it('prints a line of JSON for each', async () => {
    const [visit] = await items({ visit: 'visit-1', person: 'parcels/c17' });
    expect(visit).to.deep.include({
      kind: 'visit',
      visitId: 'visit-1',
      person: { id: 'parcels/c17', name: 'Carla Cruz', firm: 'Parcel Express', providerId: 'parcels' },
      doorId: 'front-door',
    });
    expect(visit?.['measured']).to.deep.include({ outcome: 'completed', doorOpenMs: 1_000, jams: 0 });
    expect(visit?.['claimed']).to.deep.include({ delivered: { time: '2026-06-01T10:00:17.000Z', atMs: 17_000 } });
    expect(await items({ person: 'stranger' })).to.deep.equal([
      {
        kind: 'requestRefused',
        at: { time: '2026-06-01T10:00:06.000Z', atMs: 6_000 },
        personId: 'stranger',
        visitId: 'visit-1',
        text: "enter refused: the visit is somebody else's",
      },
    ]);
  });

  it('chooses by person, visit, door and time', async () => {
    expect(await kinds({ person: 'walker' })).to.deep.equal(['visit']);
    expect(await kinds({ visit: 'visit-1' })).to.deep.equal(['requestRefused', 'visit']);
    expect(await kinds({ door: 'back-door' })).to.deep.equal([]);
    expect(await kinds({ door: 'front-door', visit: 'visit-2' })).to.deep.equal(['visit']);
    expect(await kinds({ from: '2026-06-01 10:00:19', until: '2026-06-01T10:00:22Z' })).to.deep.equal([
      'boltMovedByHand',
      'alarmRaised',
      'alarmCleared',
    ]);
    expect(await kinds({ until: '2026-06-01 10:00:05' })).to.include('visit');
    expect(await kinds({ until: '2026-06-01 10:00:04' })).to.not.include('visit');
    expect(await kinds({ from: '2026-06-02', until: '2026-06-03' })).to.deep.equal([]);
  });

  it('shows times in the zone that is asked for', async () => {
    const text = await show({ zone: 'America/New_York', from: '2026-06-01 06:00:22', until: '2026-06-01 06:00:23' });
    expect(text).to.contain('2026-06-01T06:00:22.000-04:00  owner sets the mode: privacy\n');
  });

  it('never shows a secret', async () => {
    for (const json of [false, true]) {
      const text = await show({ json });
      for (const secret of SECRETS) expect(text).to.not.contain(secret);
    }
  });

  it('lets no name move the cursor', async () => {
    const records = recordsOf([{ kind: 'modeChanged', mode: 'privacy', personId: 'o\u001B[2Jw\nner\u202E' }]);
    expect(await show({}, records)).to.equal(
      '2026-06-01T10:00:00.000Z  o\uFFFD[2Jw\uFFFDner\uFFFD sets the mode: privacy\n',
    );
  });

  it('tells what happened before the calendar was set', async () => {
    const records: JournalRecord[] = [{ number: 1, atMs: 1_500, utcMs: null, event: { kind: 'booted' } }];
    expect(await show({}, records)).to.equal("1.500 s after the lock's start  the lock starts\n");
  });

  it('knows of visits whose beginning was dropped, and closes those whose end was refused', async () => {
    const snapshot = (number: number, ids: readonly string[]): JournalRecord => ({
      number,
      atMs: number,
      utcMs: FROM_UTC_MS,
      event: {
        kind: 'snapshot',
        state: { ...new Fold().snapshot(), ledger: ids.map((id) => entryOf({ grant: grantOf({ id }) })) },
      },
    });
    const dropped = { first: 1, last: 9, hash: 'd'.repeat(64) };
    const first = encodeRecord(snapshot(10, ['visit-8', 'visit-9']), dropped.hash);
    const second = encodeRecord(snapshot(20, ['visit-9']), first.hash);
    const file = bench.file('journal', Buffer.concat([encodeHeader(dropped), first.line, second.line]));
    expect(await runJournalShow(file, { zone: 'UTC', json: true }, bench)).to.equal(0);
    const [closed, open] = bench.out.split('\n').map((line) => line && (JSON.parse(line) as Record<string, unknown>));
    expect(closed).to.deep.include({ visitId: 'visit-8', announced: null });
    expect((closed as Record<string, unknown>)['measured']).to.deep.include({ outcome: 'notOnRecord' });
    expect(open).to.deep.include({ visitId: 'visit-9' });
    expect((open as Record<string, unknown>)['measured']).to.deep.include({ outcome: null });
  });

  it('shows what is good of a damaged journal, and says where it stops', async () => {
    const bytes = journalBytes(DAY);
    bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
    const file = bench.file('journal', bytes);
    expect(await runJournalShow(file, { zone: 'UTC', json: false }, bench)).to.equal(1);
    expect(bench.out).to.contain('sets the mode');
    expect(bench.error).to.equal(
      `latchkey: journal:${DAY.length + 1}: its check sum does not fit: the line was altered; what follows is not shown. ` +
        'latchkey journal verify says more.\n',
    );
  });

  it('says what is wrong with what was asked', async () => {
    for (const [options, message] of [
      [{ from: 'noon' }, '--from noon: is no time'],
      [{ zone: 'Nowhere' }, '--zone Nowhere: is no time zone'],
    ] as const) {
      bench.error = '';
      expect(await runJournalShow(bench.file('journal', ''), { zone: 'UTC', json: false, ...options }, bench)).to.equal(
        2,
      );
      expect(bench.error).to.contain(message);
    }
  });
});
