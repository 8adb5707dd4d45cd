import { judge } from './judge.js';
import type { Stage } from './stage.js';

const turnedIn = (s: Stage): Stage => s.at(1000).turnBolt('between').at(1500).turnBolt('retracted');

judge('S10', [
  {
    story: 'a drive against a hand for 250 ms',
    play: (s) => s.at(1000).relock().at(1500).hand('retract').at(1750).motor('off').at(5000),
  },
  {
    story: 'a longer drive against a hand',
    play: (s) => s.at(1000).relock().at(1500).hand('retract').at(1751).motor('off').at(5000),
    brokenAt: [1750],
  },
  {
    story: 'a hand that turns with the motor',
    play: (s) => s.at(1000).relock().at(1500).hand('extend').at(2500).motor('off'),
  },
  {
    story: 'a longer retraction against a key',
    play: (s) => s.at(1000).hand('extend').intend('unlocked', 'remote').motor('retract').at(1300).motor('off'),
    brokenAt: [1250],
  },
  {
    story: 'a manual retraction left alone for 10 s',
    play: (s) => turnedIn(s).at(11_500).relock('auto').travel('locked').at(20_000),
  },
  {
    story: 'a manual retraction undone too soon',
    play: (s) => turnedIn(s).at(11_499).relock('auto').travel('locked').at(20_000),
    brokenAt: [11_499],
  },
  {
    story: 'a relock once the door has opened and closed',
    play: (s) => turnedIn(s).at(2000).moveDoor(false).at(3000).moveDoor(true).at(3300).relock().travel('locked'),
  },
  {
    story: 'a relock once the door was closed, but not opened',
    play: (s) =>
      s.moveDoor(false).at(1000).turnBolt('retracted').at(2000).moveDoor(true).at(3000).relock().at(3001).motor('off'),
    brokenAt: [3000],
  },
  {
    story: 'a drive under way that a manual retraction stops in 250 ms',
    play: (s) =>
      s.at(1000).relock().bolt('between').at(1500).hand('retract').bolt('retracted').at(1750).motor('off').at(9000),
  },
  {
    story: 'a drive under way that goes on after a manual retraction',
    play: (s) =>
      s
        .at(1000)
        .relock()
        .bolt('between')
        .at(1500)
        .hand('retract')
        .bolt('retracted')
        .hand('none')
        .at(1751)
        .motor('off')
        .at(9000),
    brokenAt: [1750],
  },
  {
    story: 'a drive begun before the lock could know of the hand',
    play: (s) => s.at(1000).turnBolt('retracted').at(1100).relock().at(1250).motor('off').at(9000),
  },
  {
    story: 'a bolt that the hand itself brings home',
    play: (s) => turnedIn(s).at(3000).turnBolt('extended').at(4000).relock().at(4100).motor('off'),
  },
  {
    story: 'a retraction by the motor, relocked at once',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .travel('unlocked')
        .at(3000)
        .relock('remote')
        .travel('locked'),
  },
  {
    story: 'a bolt found retracted at boot, homed at once',
    play: (s) =>
      s.host(false).at(1000).bolt('retracted').at(5000).host(true).at(8000).relock('homing').at(8001).motor('off'),
    brokenAt: [8000],
  },
  {
    story: 'a bolt found retracted at boot, homed after 10 s',
    play: (s) =>
      s.host(false).at(1000).bolt('retracted').at(5000).host(true).at(15_000).relock('homing').travel('locked'),
  },
  {
    story: 'a bolt found retracted at boot as the journal has it, homed at once',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .travel('unlocked')
        .host(false)
        .at(5000)
        .host(true)
        .at(5100)
        .relock('homing')
        .travel('locked'),
  },
  {
    story: 'a hold of 20 s',
    settings: { manualHoldMs: 20_000 },
    play: (s) => turnedIn(s).at(15_000).relock('auto').at(15_001),
    brokenAt: [15_000],
  },

  {
    story: 'a relief of a retraction that a hand joined',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .at(1200)
        .motor('off')
        .at(1300)
        .turnBolt('between')
        .at(1500)
        .motor('extend')
        .at(1700)
        .motor('off'),
  },
  {
    story: 'a board that stops 600 ms after the link died, driving against a hand',
    play: (s) => s.at(1000).relock().at(1500).hand('retract').at(1600).link(false).at(2200).motor('off').at(5000),
  },
  {
    story: 'a board that stops later, driving against a hand',
    play: (s) => s.at(1000).relock().at(1500).hand('retract').at(1600).link(false).at(2201).motor('off').at(5000),
    brokenAt: [2200],
  },
  {
    story: 'a hand that turns the bolt home again, with the motor',
    play: (s) =>
      s.at(1000).turnBolt('retracted').at(1050).relock().at(1200).turnBolt('extended').at(1300).motor('off').at(5000),
  },
  {
    story: 'a hand that lets go in time',
    play: (s) => s.at(1000).relock().at(1500).hand('retract').at(1700).hand('none').at(2500).motor('off').at(5000),
  },

  {
    story: 'a relock at once after an opening that a hand joined',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .hand('retract')
        .at(1500)
        .bolt('between')
        .at(2000)
        .bolt('retracted')
        .motor('off')
        .hand('none')
        .ended('unlocked')
        .at(3000)
        .relock('remote')
        .travel('locked'),
  },
  {
    story: "a bolt that a hand retracts from a relock's relief, relocked too soon",
    play: (s) =>
      s
        .at(1000)
        .intend('locked', 'auto')
        .bolt('between')
        .motor('retract')
        .hand('retract')
        .at(1200)
        .bolt('retracted')
        .motor('off')
        .hand('none')
        .at(5000)
        .motor('extend')
        .at(5001),
    brokenAt: [5000],
  },
  {
    story: 'a hand over a power cut, recorded, and relocked too soon',
    play: (s) =>
      turnedIn(s.intend('unlocked', 'remote').ended('unlocked', 'interrupted'))
        .at(3000)
        .host(false)
        .at(4000)
        .host(true)
        .at(5000)
        .relock('homing')
        .at(5001),
    brokenAt: [5000],
  },
  {
    story: 'a hand over a power cut, its record lost, and relocked as the journal has it',
    play: (s) =>
      turnedIn(s.intend('unlocked', 'remote').ended('unlocked', 'interrupted').store(false))
        .at(3000)
        .host(false)
        .at(4000)
        .host(true)
        .at(5000)
        .relock('homing')
        .at(5001),
  },
  {
    story: 'a bolt home since the intent, then found retracted at boot, and homed at once',
    play: (s) =>
      s
        .at(1000)
        .intend('unlocked', 'remote')
        .motor('retract')
        .travel('unlocked')
        .at(3000)
        .relock('auto')
        .travel('locked')
        .host(false)
        .at(9000)
        .bolt('retracted')
        .at(10_000)
        .host(true)
        .at(11_000)
        .relock('homing')
        .at(11_001),
    brokenAt: [11_000],
  },
  {
    story: 'a bolt retracted while the link was dead, relocked too soon after',
    play: (s) =>
      s
        .at(1000)
        .link(false)
        .hand('retract')
        .bolt('retracted')
        .hand('none')
        .at(2000)
        .link(true)
        .at(5000)
        .relock('homing')
        .at(5001),
    brokenAt: [5000],
  },

  {
    story: 'a relock in the hold, the contact having lied',
    play: (s) =>
      turnedIn(s)
        .fault('doorContact', 'stuckClosed', true)
        .at(2000)
        .fault('doorContact', 'stuckClosed', false)
        .at(3000)
        .relock()
        .at(3001),
  },
  {
    story: 'a relock in the hold, something else having been faulty',
    play: (s) =>
      turnedIn(s).fault('network', 'down', true).at(2000).fault('network', 'down', false).at(3000).relock().at(3001),
    brokenAt: [3000],
  },
]);
