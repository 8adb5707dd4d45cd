import { expect } from 'chai';
import Board from 'johnny-five/lib/board.js';
import { LINK_REPORT_MS, SOON_MS } from '../../contracts/expectations.js';
import { wiredBoard, WiredBench } from './wired-bench.js';

/** A board that was pulled out is back: the line opens again within a second, and then there is a handshake. */
const REPLUGGED_MS = 1_300;

describe('the link to a board through johnny-five', () => {
  let bench: WiredBench;
  let links: boolean[];

  async function connect(image: 'latchkey' | 'standard' = 'latchkey'): Promise<void> {
    bench = await WiredBench.connected({ image });
    links = [];
    bench.hal.boardLink.watch((up) => links.push(up));
    await bench.advance(SOON_MS);
    expect(links).to.deep.equal([true]);
  }

  beforeEach(() => connect());

  afterEach(() => bench.side.stopHost());

  function lastReason(): string | undefined {
    return bench.side.news.flatMap((news) => (news.kind === 'down' ? [news.reason] : [])).at(-1);
  }

  it('tells which image was found, and warns of one without dead-man', async () => {
    expect(bench.side.news).to.have.length(1);
    const [news] = bench.side.news;
    expect(news).to.deep.include({ kind: 'up', image: { name: 'Latchkey', major: 1, minor: 0 }, warnings: [] });
    expect(news?.kind === 'up' && news.status?.state).to.equal('armed');
    bench.side.stopHost();

    await connect('standard');
    const [other] = bench.side.news;
    expect(other).to.deep.include({
      kind: 'up',
      image: { name: 'StandardFirmata.ino', major: 2, minor: 5 },
      status: null,
    });
    expect(other?.kind === 'up' && other.warnings).to.have.length(1);
    expect(other?.kind === 'up' && other.warnings[0]).to.match(/S4 cannot be kept; `latchkey flash`/);
  });

  const losses: readonly { words: string; reason: RegExp; lose: () => void; mend: () => void; backMs: number }[] = [
    {
      words: 'nothing comes through any more',
      reason: /^the board does not answer any more$/,
      lose: () => bench.setBoardLink(false),
      mend: () => bench.setBoardLink(true),
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'the board does not hear any more',
      reason: /dead-man|does not answer/,
      lose: () => bench.side.line.setDeaf(true),
      mend: () => bench.side.line.setDeaf(false),
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'one byte comes that no board sends',
      reason: /^bytes came that no board with Firmata sends$/,
      lose: () => bench.side.line.disturbHost(Uint8Array.of(0x01)),
      mend: () => {},
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'a pin is told of that the board has not',
      reason: /^bytes came/,
      lose: () => bench.side.line.disturbHost(Uint8Array.of(0x93, 0, 0)),
      mend: () => {},
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'more is measured than ten bits hold',
      reason: /^bytes came/,
      lose: () => bench.side.line.disturbHost(Uint8Array.of(0xe0, 0, 8)),
      mend: () => {},
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'the board answers what nobody asked',
      reason: /^bytes came/,
      lose: () => bench.side.line.disturbHost(Uint8Array.of(0xf0, 0x6c, 0x7f, 0xf7)),
      mend: () => {},
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'the board restarts',
      reason: /^the board has restarted$/,
      lose: () => bench.side.line.device.reset(),
      mend: () => {},
      backMs: LINK_REPORT_MS,
    },
    {
      words: 'the plug is pulled',
      reason: /^the board was unplugged$|^there is no such port$/,
      lose: () => bench.side.line.setPluggedIn(false),
      mend: () => bench.side.line.setPluggedIn(true),
      backMs: REPLUGGED_MS,
    },
  ];
  for (const { words, reason, lose, mend, backMs } of losses) {
    it(`is down when ${words}: the motor is off by then, and it comes back`, async () => {
      bench.hal.boltMotor.extend();
      bench.hal.indicators.set('jam', true);
      await bench.advance(SOON_MS);
      expect(bench.bridgeStates().at(-1)).to.equal('extend');
      lose();
      await bench.advance(LINK_REPORT_MS);
      expect(links.slice(0, 2)).to.deep.equal([true, false]);
      expect(lastReason()).to.match(reason);
      expect(bench.bridgeStates().at(-1)).to.equal('off');
      expect(bench.isLit('jam')).to.equal(false);
      mend();
      await bench.advance(backMs);
      expect(links).to.deep.equal([true, false, true]);
      await bench.advance(3_000);
      expect(bench.bridgeStates()).to.deep.equal(['off', 'extend', 'off']);
      expect(bench.hal.boltMotor.extend()).to.equal(null);
      await bench.advance(SOON_MS);
      expect(bench.bridgeStates().at(-1)).to.equal('extend');
    });
  }

  it('tells once why it is down, however long that lasts', async () => {
    bench.side.line.setPluggedIn(false);
    await bench.advance(60_000);
    const reasons = bench.side.news.flatMap((news) => (news.kind === 'down' ? [news.reason] : []));
    expect(reasons).to.deep.equal(['the board was unplugged', 'there is no such port']);
  });

  it('knows a stock image that restarts, by its name', async () => {
    bench.side.stopHost();
    await connect('standard');
    bench.side.line.device.reset();
    await bench.advance(LINK_REPORT_MS);
    expect(links).to.deep.equal([true, false, true]);
    expect(lastReason()).to.equal('the board has restarted');
  });

  it('drives a stock image, never both ways at once', async () => {
    bench.side.stopHost();
    await connect('standard');
    const { boltMotor } = bench.hal;
    const orders = [() => boltMotor.extend(), () => boltMotor.retract(), () => boltMotor.stop()];
    for (const first of orders) {
      for (const second of orders) {
        for (const order of [first, second]) {
          expect(order()).to.equal(null);
          await bench.advance(first === second ? 0 : 30);
        }
      }
    }
    await bench.advance(SOON_MS);
    expect(bench.bridgeStates()).to.include.members(['off', 'extend', 'retract']).and.not.include('both');
  });

  it('repeats an order that was lost on its way', async () => {
    bench.hal.boltMotor.extend();
    await bench.advance(SOON_MS);
    bench.side.line.setDeaf(true);
    bench.hal.boltMotor.stop();
    bench.hal.cameraPower.switchOn();
    await bench.advance(10);
    bench.side.line.setDeaf(false);
    await bench.advance(200);
    expect(bench.bridgeStates()).to.deep.equal(['off', 'extend', 'off']);
    expect(bench.cameraPowered()).to.equal(true);
    expect(links).to.deep.equal([true]);
  });

  it('samples current and supply at rest for 50 ms, once it is asked to and the link is up', async () => {
    const samples: (readonly [currentMa: number, supplyMv: number])[] = [];
    bench.hal.motorCurrent.watch((currentMa, supplyMv) => samples.push([currentMa, supplyMv]));
    await bench.advance(1_000);
    expect(samples).to.deep.equal([]);
    bench.side.sampleAtRest();
    await bench.advance(1_000);
    expect(samples.length).to.be.within(4, 6);
    for (const [currentMa, supplyMv] of samples) {
      expect(currentMa).to.be.within(0, 5);
      expect(supplyMv).to.be.closeTo(bench.supplyMv(), 20);
    }
    expect(bench.bridgeStates()).to.deep.equal(['off']);
  });

  it('samples nothing at rest while the link is down, and a drive soon after as ever', async () => {
    let samples = 0;
    bench.hal.motorCurrent.watch(() => (samples += 1));
    bench.side.line.disturbHost(Uint8Array.of(0x01));
    await bench.advance(1);
    expect(links).to.deep.equal([true, false]);
    bench.side.sampleAtRest();
    for (let ms = 0; ms < 49 && links.length < 3; ms += 1) await bench.advance(1);
    expect(links).to.deep.equal([true, false, true]);
    expect(samples).to.equal(0);
    bench.hal.boltMotor.extend();
    await bench.advance(100);
    expect(samples).to.be.within(8, 11);
  });

  it('tells when the board ends a drive by itself', async () => {
    bench.turnBolt('extend', 0);
    await bench.advance(1_000);
    bench.hal.boltMotor.extend();
    await bench.advance(1_000);
    expect(bench.side.news.slice(1)).to.deep.equal([{ kind: 'tripped', trip: 'overCurrent' }]);
    expect(links).to.deep.equal([true]);
  });

  it('leaves nothing behind: not with reconnections, not with hosts', async () => {
    const boardsBefore = Board.cache.length;
    for (let lost = 0; lost < 50; lost += 1) {
      bench.side.line.disturbHost(Uint8Array.of(0x01));
      await bench.advance(500);
    }
    expect(links).to.have.length(101);
    for (let hosts = 0; hosts < 10; hosts += 1) await bench.rebootHost();
    await bench.advance(SOON_MS);
    expect(links).to.have.length(101);
    expect(Board.cache).to.have.length(boardsBefore);
  });

  it('is closed with the motor off, and tells nothing more', async () => {
    bench.hal.boltMotor.extend();
    await bench.advance(SOON_MS);
    let closed = false;
    void bench.side.closeHal().then(() => (closed = true));
    await bench.advance(20);
    expect(bench.bridgeStates()).to.deep.equal(['off', 'extend', 'off']);
    expect(closed).to.equal(true);
    await bench.advance(60_000);
    expect(links).to.deep.equal([true]);
    expect(bench.hal.boltMotor.extend()).to.deep.include({ part: 'boltMotor' });
  });

  it('tells nothing after it was closed, though that was on hearing that it is down', async () => {
    const told = bench.side.news.length;
    bench.hal.boardLink.watch((up) => {
      links.push(up);
      if (!up) void bench.side.closeHal();
    });
    await bench.advance(SOON_MS);
    bench.side.line.disturbHost(Uint8Array.of(0x01));
    await bench.advance(5_000);
    expect(links).to.deep.equal([true, true, false]);
    expect(bench.side.news).to.have.length(told);
  });

  it('owes no report to whoever asked just before it was closed', async () => {
    bench.hal.boardLink.watch((up) => links.push(up));
    bench.hal.doorContact.watch(() => links.push(true));
    void bench.side.closeHal();
    await bench.advance(1_000);
    expect(links).to.deep.equal([true]);
  });

  it('works for a board whose camera switch is on while LOW', async () => {
    bench.side.stopHost();
    const uno = wiredBoard('arduino-uno');
    const cameraPower = { ...uno.pins.cameraPower, polarity: 'activeLow', pull: 'externalUp' } as const;
    bench = await WiredBench.connected({ board: { ...uno, pins: { ...uno.pins, cameraPower } } });
    expect(bench.cameraPowered()).to.equal(false);
    bench.hal.cameraPower.switchOn();
    await bench.advance(SOON_MS);
    expect(bench.cameraPowered()).to.equal(true);
    bench.hal.cameraPower.switchOff();
    await bench.advance(SOON_MS);
    expect(bench.cameraPowered()).to.equal(false);
  });
});
