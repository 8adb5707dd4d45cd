import { judge } from './judge.js';
import { PARCEL, type Stage } from './stage.js';

const visited = (s: Stage, purpose: 'delivery' | 'deliveryInside' | 'service'): Stage =>
  s
    .at(8000)
    .retractForVisitor({ ...PARCEL, purpose })
    .travel('unlocked')
    .at(10_000)
    .moveDoor(false);

judge('L5', [
  {
    story: 'DoorAjar after the 60 s of a delivery',
    play: (s) => visited(s, 'delivery').at(70_100).alarm('DoorAjar').at(80_000).moveDoor(true).at(900_000),
  },
  {
    story: 'DoorAjar later',
    play: (s) => visited(s, 'delivery').at(70_101).alarm('DoorAjar').at(80_000).moveDoor(true).at(900_000),
    brokenAt: [70_100],
  },
  {
    story: 'a delivery inside that takes 120 s',
    play: (s) => visited(s, 'deliveryInside').at(130_000).moveDoor(true).at(900_000),
  },
  {
    story: 'a delivery inside without DoorAjar',
    play: (s) => visited(s, 'deliveryInside').at(140_000).moveDoor(true).at(900_000),
    brokenAt: [130_100],
  },
  {
    story: 'a service without DoorAjar',
    play: (s) => visited(s, 'service').at(200_000).moveDoor(true).at(900_000),
    brokenAt: [190_100],
  },
  {
    story: 'a household that takes 300 s',
    play: (s) => s.at(10_000).moveDoor(false).at(310_000).moveDoor(true).at(900_000),
  },
  {
    story: 'a household without DoorAjar',
    play: (s) => s.at(10_000).moveDoor(false).at(320_000).moveDoor(true).at(900_000),
    brokenAt: [310_100],
  },
  {
    story: 'DoorAjar repeated',
    play: (s) =>
      visited(s, 'delivery')
        .at(70_000)
        .alarm('DoorAjar')
        .at(131_000)
        .alarm('DoorAjar')
        .at(192_000)
        .queued('owner', 'alarmRaised', 'DoorAjar')
        .at(200_000)
        .moveDoor(true)
        .at(900_000),
  },
  {
    story: 'DoorAjar not repeated',
    play: (s) => visited(s, 'delivery').at(70_000).alarm('DoorAjar').at(140_000).moveDoor(true).at(900_000),
    brokenAt: [131_000],
  },
  {
    story: 'DoorAjar cleared at an open door',
    play: (s) => visited(s, 'delivery').at(70_000).alarm('DoorAjar').at(75_000).alarm('DoorAjar', false).moveDoor(true),
    brokenAt: [75_000],
  },
  {
    story: 'DoorAjar cleared at the closing',
    play: (s) =>
      visited(s, 'delivery')
        .at(70_000)
        .alarm('DoorAjar')
        .at(75_000)
        .moveDoor(true)
        .alarm('DoorAjar', false)
        .at(900_000),
  },
  {
    story: 'a dead host, counted from its return',
    play: (s) =>
      s.at(10_000).moveDoor(false).host(false).at(400_000).host(true).at(700_000).alarm('DoorAjar').moveDoor(true),
  },
  {
    story: 'an open door that a stuck contact hides',
    play: (s) => s.fault('doorContact', 'stuckClosed', true).at(10_000).door(false).at(900_000),
  },
  {
    story: "an open door, counted from the contact's mending",
    play: (s) =>
      s
        .fault('doorContact', 'stuckClosed', true)
        .at(10_000)
        .door(false)
        .at(900_000)
        .fault('doorContact', 'stuckClosed', false)
        .at(1_300_000),
    brokenAt: [1_200_100],
  },

  {
    story: 'a notice of something else',
    play: (s) =>
      visited(s, 'delivery')
        .at(65_000)
        .queued('owner', 'alarmRaised', 'BatteryLow')
        .queued('owner', 'alarmCleared', 'DoorAjar')
        .at(80_000)
        .moveDoor(true),
    brokenAt: [70_100],
  },
  {
    story: 'another alarm cleared at an open door',
    play: (s) => visited(s, 'delivery').at(20_000).alarm('BatteryLow', false).moveDoor(true).at(90_000),
  },
  {
    story: 'DoorAjar cleared just after the door opened again',
    play: (s) =>
      visited(s, 'delivery')
        .at(70_000)
        .alarm('DoorAjar')
        .at(75_000)
        .moveDoor(true)
        .at(75_010)
        .door(false)
        .at(75_100)
        .alarm('DoorAjar', false)
        .at(75_200)
        .moveDoor(true),
  },
  {
    story: 'a visit that ends as the door opens',
    play: (s) => visited(s, 'delivery').at(10_100).endVisit('answeredAtDoor').at(300_000).moveDoor(true).at(900_000),
  },
  {
    story: 'a visit that ends with the door open',
    play: (s) => visited(s, 'delivery').at(10_101).endVisit('leftUnlocked').at(80_000).moveDoor(true).at(900_000),
    brokenAt: [70_100],
  },
]);
