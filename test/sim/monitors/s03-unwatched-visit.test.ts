import { entered } from './beginnings.js';
import { judge } from './judge.js';
import type { Stage } from './stage.js';

const relocked = (s: Stage): Stage => entered(s).at(20_000).moveDoor(true).at(20_300).relock().travel('locked');

judge('S3', [
  {
    story: 'CameraOffline within a second of the power going',
    play: (s) => entered(s).at(20_000).cameraPower(false).at(20_900).alarm('CameraOffline').at(30_000),
  },
  {
    story: 'an alarm later than a second after the power went',
    play: (s) => entered(s).at(20_050).cameraPower(false).at(21_051).alarm('CameraOffline').at(30_000),
    brokenAt: [21_050],
  },
  {
    story: 'CameraStale a second after the frame that did not come',
    play: (s) => entered(s).at(20_000).camera(false).at(21_100).alarm('CameraStale').at(30_000),
  },
  {
    story: 'a frozen camera without an alarm',
    play: (s) => entered(s).at(20_000).camera(false).at(21_101).alarm('CameraStale').at(30_000),
    brokenAt: [21_100],
  },
  {
    story: 'a pause of the frames shorter than a second',
    play: (s) => entered(s).at(20_000).camera(false).at(21_000).camera(true).at(30_000),
  },
  {
    story: 'a camera lost outside any visit',
    play: (s) => s.at(20_000).cameraPower(false).at(30_000),
  },
  {
    story: 'a camera switched off after the visit',
    play: (s) => relocked(s).endVisit('completed').cameraPower(false).at(30_000),
  },
  {
    story: 'a camera lost while the host is down, and an alarm a second after it is up',
    play: (s) =>
      entered(s)
        .at(20_000)
        .host(false)
        .cameraPower(false)
        .at(25_000)
        .host(true)
        .at(26_000)
        .alarm('CameraOffline')
        .at(30_000),
  },
  {
    story: 'a relock ordered 400 ms after the closing',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(20_400).relock().travel('locked').at(30_000),
  },
  {
    story: 'a relock ordered later than 400 ms after the closing',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(20_401).relock().travel('locked').at(30_000),
    brokenAt: [20_400],
  },
  {
    story: 'a relock that waits for a hand and for the hold',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(20_350)
        .motor('off')
        .bolt('between')
        .ended('locked', 'interrupted')
        .at(20_400)
        .turnBolt('retracted')
        .at(30_700)
        .relock()
        .travel('locked')
        .at(60_000),
  },
  {
    story: 'a relock that waits longer than for the hold',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(20_350)
        .motor('off')
        .bolt('between')
        .ended('locked', 'interrupted')
        .at(20_400)
        .turnBolt('retracted')
        .at(30_801)
        .relock()
        .travel('locked')
        .at(60_000),
    brokenAt: [30_800],
  },
  {
    story: 'a door left unlocked after the owner ended the visit',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(15_000).endVisit('endedByOwner').at(15_500),
    brokenAt: [15_400],
  },
  {
    story: 'a door left unlocked after the worker withdrew',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .travel('unlocked')
        .at(15_000)
        .record({ kind: 'withdrawn', visitId: 'parcel', reason: 'looseAnimal' })
        .at(15_500),
    brokenAt: [15_400],
  },
  {
    story: 'a door left unlocked in a lock-down',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .travel('unlocked')
        .at(15_000)
        .record({ kind: 'modeChanged', mode: 'lockDown', personId: 'owner' })
        .at(15_500),
    brokenAt: [15_400],
  },
  {
    story: 'a door left unlocked after the camera was lost',
    play: (s) =>
      s
        .at(10_000)
        .retractForVisitor()
        .travel('unlocked')
        .at(15_000)
        .cameraPower(false)
        .alarm('CameraOffline')
        .at(16_000),
    brokenAt: [15_500],
  },
  {
    story: 'a door left unlocked at the end of the entry wait',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(42_000),
    brokenAt: [41_960],
  },
  {
    story: 'a relock after the entry wait',
    play: (s) => s.at(10_000).retractForVisitor().travel('unlocked').at(41_600).relock().travel('locked').at(50_000),
  },
  {
    story: 'a household that is left its auto-relock time',
    play: (s) => s.at(10_000).intend('unlocked', 'remote').motor('retract').travel('unlocked').at(30_000),
  },
  {
    story: 'a relock never ordered because the contact is stuck at open',
    play: (s) => entered(s).fault('doorContact', 'stuckOpen', true).at(20_000).moveDoor(true).at(30_000),
  },

  {
    story: 'an alarm raised and cleared while the camera is lost',
    play: (s) =>
      entered(s)
        .at(20_000)
        .cameraPower(false)
        .at(20_500)
        .alarm('CameraOffline')
        .at(20_800)
        .alarm('CameraOffline', false)
        .at(21_500)
        .cameraPower(true)
        .at(30_000),
  },
  {
    story: 'RecordingUnconfirmed within a second',
    play: (s) => entered(s).at(20_000).cameraPower(false).at(20_500).alarm('RecordingUnconfirmed').at(30_000),
  },
  {
    story: 'another alarm than of the camera',
    play: (s) =>
      entered(s)
        .at(20_000)
        .cameraPower(false)
        .at(20_500)
        .alarm('BatteryLow')
        .at(21_500)
        .alarm('CameraOffline')
        .at(30_000),
    brokenAt: [21_000],
  },
  {
    story: 'HostLinkLost while the link is dead',
    play: (s) =>
      entered(s)
        .at(19_000)
        .link(false)
        .alarm('HostLinkLost')
        .at(20_000)
        .cameraPower(false)
        .at(21_500)
        .cameraPower(true)
        .at(30_000),
  },
  {
    story: 'HostLinkLost left raised when the link is up again',
    play: (s) =>
      entered(s).at(19_000).alarm('HostLinkLost').at(20_000).cameraPower(false).at(21_500).cameraPower(true).at(30_000),
    brokenAt: [21_000],
  },
  {
    story: 'a camera lost for longer than a second, twice alarmed',
    play: (s) =>
      entered(s)
        .at(20_000)
        .cameraPower(false)
        .alarm('CameraOffline')
        .at(30_000)
        .cameraPower(true)
        .alarm('CameraOffline', false)
        .at(40_000)
        .cameraPower(false)
        .alarm('CameraOffline')
        .at(50_000),
  },
  {
    story: 'a camera lost again, and no second alarm',
    play: (s) =>
      entered(s)
        .at(20_000)
        .cameraPower(false)
        .alarm('CameraOffline')
        .at(30_000)
        .cameraPower(true)
        .alarm('CameraOffline', false)
        .at(40_000)
        .cameraPower(false)
        .at(41_500)
        .alarm('CameraOffline')
        .at(50_000),
    brokenAt: [41_000],
  },
  {
    story: 'a visit that ends within the second',
    play: (s) => relocked(s).at(30_000).cameraPower(false).at(30_500).endVisit('completed').at(40_000),
  },
  {
    story: 'a door that opens again before the relock',
    play: (s) => entered(s).at(20_000).moveDoor(true).at(20_200).moveDoor(false).at(30_000),
  },
  {
    story: 'a relock whose first drive jams, and its back-off',
    play: (s) =>
      entered(s)
        .at(20_000)
        .moveDoor(true)
        .at(20_300)
        .relock()
        .at(20_600)
        .motor('off')
        .at(22_600)
        .motor('extend')
        .travel('locked')
        .at(30_000),
  },
]);
