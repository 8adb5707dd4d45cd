import { expect } from 'chai';
import type { Notice } from '../../../hal/contracts/notices.js';
import { HardwareUnderTest } from './hardware-under-test.js';

function notice(number: number): Notice {
  return { number, to: 'owner', kind: 'rang', visitId: null, detail: '', utcMs: null };
}

describe('SimulatedNotices', () => {
  let bench: HardwareUnderTest;
  let answers: string[];

  beforeEach(() => {
    bench = new HardwareUnderTest();
    bench.hardware.begin();
    answers = [];
  });

  function send(number: number): void {
    bench.hardware.notices.send(notice(number), (fault) => {
      answers.push(`${bench.clock.nowMs()} ${number} ${fault === null ? 'acknowledged' : fault.detail}`);
    });
  }

  function arrived(): string[] {
    return bench.log.of('notice').map((line) => line.replace(/ notice \{"number":(\d+).*/, ' $1'));
  }

  it('reach the receiver after 15 ms and are acknowledged after 30, in order', () => {
    send(1);
    bench.pass(10);
    send(2);
    send(3);
    expect(answers).to.deep.equal([]);
    bench.pass(100);
    expect(arrived()).to.deep.equal(['15 1', '25 2', '25 3']);
    expect(answers).to.deep.equal(['30 1 acknowledged', '40 2 acknowledged', '40 3 acknowledged']);
  });

  it('may be sent from inside an answer', () => {
    bench.hardware.notices.send(notice(1), () => send(2));
    bench.pass(100);
    expect(arrived()).to.deep.equal(['15 1', '45 2']);
  });

  const outages: readonly (readonly [string, number, number, string[]])[] = [
    ['while it is down', 0, 100, []],
    ['when it goes down before they arrive', 10, 100, []],
    ['but may have arrived when only the answer is lost', 20, 100, ['15 1']],
    ['even if it is up again for the answer', 10, 10, []],
  ];
  for (const [when, downMs, forMs, expected] of outages) {
    it(`fail over the network ${when}`, () => {
      const cut = (): void => {
        bench.pass(downMs);
        bench.hardware.setFault('network', 'down', true);
      };
      if (downMs === 0) cut();
      send(1);
      if (downMs > 0) cut();
      bench.pass(forMs);
      bench.hardware.setFault('network', 'down', false);
      bench.pass(100);
      expect(arrived()).to.deep.equal(expected);
      expect(answers).to.deep.equal(['30 1 the network is down']);
    });
  }

  it('come with heartbeats, at once and while the network is up only', () => {
    const beat = (number: number): void =>
      bench.hardware.notices.beat({ visitId: 'visit-1', number, utcMs: null, newestNotice: 0, nextWithinMs: 12_000 });
    beat(1);
    bench.hardware.setFault('network', 'down', true);
    beat(2);
    bench.hardware.setFault('network', 'down', false);
    bench.pass(10);
    beat(3);
    const heard = bench.log.of('heartbeat').map((line) => line.replace(/ heartbeat .*"number":(\d+).*/u, ' $1'));
    expect(heard).to.deep.equal(['0 1', '10 3']);
  });

  it('arrive after their sender has died, who hears nothing of it', () => {
    send(1);
    bench.pass(5);
    bench.hardware.setFault('host', 'crashed', true);
    bench.pass(1_000);
    expect(arrived()).to.deep.equal(['15 1']);
    expect(answers).to.deep.equal([]);
  });
});
