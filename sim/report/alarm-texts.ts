import type { AlarmName } from '../../hal/contracts/report.js';

interface AlarmText {
  readonly meaning: string;
  /** What the person who is told should do. */
  readonly mend: string;
}

/** Every alarm in words for the owner. */
export const alarmTexts: Readonly<Record<AlarmName, AlarmText>> = {
  LockJammed: {
    meaning: 'the bolt does not travel, after all its retries',
    mend: 'pull or push the door until it sits well, and ask again; if it comes back, mend the strike plate',
  },
  WrongCodeEntryLimit: {
    meaning: 'too many wrong codes were typed: the keypad waits',
    mend: 'watch the recording; if it was nobody you know, set new codes',
  },
  DoorForcedOpen: {
    meaning: 'the door opened while the bolt was out',
    mend: 'look at door and frame before anyone goes in; call for help if nobody you know did it',
  },
  DoorAjar: {
    meaning: 'the door has stood open for too long',
    mend: 'close the door: it locks by itself',
  },
  CameraOffline: {
    meaning: 'the camera has no power or sends no picture',
    mend: 'check its plug and its cable; visitors are refused until it is live',
  },
  CameraStale: {
    meaning: 'the picture is frozen, replayed or late: what happens at the door is not seen',
    mend: 'look at the door yourself; then restart the camera and ask why it froze',
  },
  RecordingUnconfirmed: {
    meaning: 'the recorder does not confirm that it keeps the footage',
    mend: 'make room on the recorder or mend it; visitors are refused meanwhile',
  },
  RelockFailed: {
    meaning: 'the door could not be locked again after a visit',
    mend: 'go to the door, or send someone: close it and lock it with the thumb-turn or the key',
  },
  DepartureUnconfirmed: {
    meaning: 'nothing shows that the visitor has left',
    mend: 'watch the recording and ask; clear the alarm once you know that nobody is inside',
  },
  SensorContradiction: {
    meaning: 'the sensors contradict one another, or what was stated',
    mend: 'check door contact, bolt switches and their wires; visitors are refused until you clear it',
  },
  HostLinkLost: {
    meaning: 'the lock cannot reach the board that drives its bolt',
    mend: 'check the cable between the two and the power of the board; the key works meanwhile',
  },
  BatteryLow: {
    meaning: 'the supply sags under the motor',
    mend: 'change the batteries now, while they still throw the bolt',
  },
  StoreFailed: {
    meaning: 'the journal cannot be kept',
    mend: 'free or replace the storage of the lock; visitors are refused meanwhile',
  },
};

export const alarmNames = Object.keys(alarmTexts) as readonly AlarmName[];
