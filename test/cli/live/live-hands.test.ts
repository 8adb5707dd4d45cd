import { expect } from 'chai';
import { LiveHands } from '../../../cli/live/live-hands.js';
import type { LiveLock } from '../../../cli/live/live-lock.js';

describe('the hands at a live lock', () => {
  let done: unknown[];
  let answer: string | null;
  let runs: boolean;

  beforeEach(() => {
    done = [];
    answer = null;
    runs = true;
  });

  function take(line: string, people = ['Olga', 'Carla']): string | null {
    const lock: Pick<LiveLock, 'hand' | 'request' | 'setFault'> = {
      hand: (deed, words) => {
        done.push([words, deed]);
        return answer;
      },
      request: (request, via) => {
        done.push([via, request]);
        return runs;
      },
      setFault: (fault, present) => void done.push([present, fault]),
    };
    return new LiveHands(lock, people).take(line);
  }

  it('do what the line says, somebody named or not', () => {
    expect(take('Carla opens the door')).to.equal(null);
    expect(take('  closes the door ')).to.equal(null);
    expect(done).to.deep.equal([
      ['Carla opens the door', { kind: 'openDoor' }],
      ['Olga closes the door', { kind: 'closeDoor' }],
    ]);
  });

  it('tell what prevented it', () => {
    answer = 'the bolt holds the door';
    expect(take('opens the door')).to.equal('the bolt holds the door');
  });

  it('hold for as long as is said', () => {
    expect(take('turns the key to lock for 5 s')).to.equal(null);
    expect(take('turns the key to lock')).to.equal(null);
    expect(take('pulls the door')).to.equal('how long? add for example "for 5 s"');
    expect(take('opens the door for 5 s')).to.equal('this is done in an instant; leave "for" away');
    expect(take('pulls the door for 5')).to.contain('"5" has no unit');
    expect(done).to.deep.equal([
      ['Olga turns the key to lock', { kind: 'turn', what: 'key', way: 'extend', holdMs: 5_000 }],
      ['Olga turns the key to lock', { kind: 'turn', what: 'key', way: 'extend', holdMs: 0 }],
    ]);
  });

  it('press the buttons, and nothing that takes a proof', () => {
    expect(take('presses the lock button')).to.equal(null);
    expect(done).to.deep.equal([['door', { kind: 'lock', personId: 'Olga' }]]);
    for (const words of ['unlocks with the app', 'unlocks with a code', 'switches to passage mode', 'rings']) {
      expect(take(words), words).to.contain('at its interface');
    }
    expect(done).to.have.length(1);
    runs = false;
    expect(take('answers the door')).to.equal('the lock does not run');
  });

  it('make faults and mend them, but none of what is real', () => {
    expect(take('camera frozen')).to.equal(null);
    expect(take('mend camera frozen')).to.equal(null);
    expect(done).to.deep.equal([
      [true, { component: 'camera', kind: 'frozen' }],
      [false, { component: 'camera', kind: 'frozen' }],
    ]);
    expect(take('store full')).to.contain('is real');
    expect(take('mend calendar unset')).to.contain('is real');
    expect(done).to.have.length(2);
  });

  it('propose nothing that they would refuse', () => {
    for (const line of ['dances', 'opens the window', 'rigns', 'unlocks', 'Carla dances']) {
      const told = take(line) ?? '';
      const proposed = /did you mean "(.*?)"|for example: (.*);/.exec(told);
      for (const phrase of (proposed?.[1] ?? proposed?.[2] ?? '').split(', ')) {
        expect(take(phrase) ?? '', `${line}: ${phrase}`).to.not.contain('at its interface');
      }
      expect(told).to.contain('? lists what can be done');
    }
    expect(take('dances')).to.contain('for example: opens the door, closes the door;');
  });

  it('help, and say what they do not understand', () => {
    expect(take('')).to.equal(null);
    expect(take('?'))
      .to.match(/^opens the door$/m)
      .and.match(/^presses the lock button$/m);
    expect(take('?')).to.not.contain('app');
    expect(take('opens the window')).to.match(/nobody can do "opens the window".*; \? lists what can be done$/);
  });
});
