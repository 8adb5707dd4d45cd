import { CommandCamera } from '../hal/adapters/camera/command-camera.js';
import type { DataFolder } from '../hal/adapters/files/data-folder.js';
import { FileStore } from '../hal/adapters/files/file-store.js';
import type { HostCamera } from '../hal/adapters/camera/host-camera.js';
import { SharedCameraPower } from '../hal/adapters/camera/host-camera.js';
import { InterfaceLink } from '../hal/adapters/interface-link.js';
import { JohnnyFiveHal } from '../hal/adapters/johnny-five/hal.js';
import type { BoardNews } from '../hal/adapters/johnny-five/news.js';
import { openNotices } from '../hal/adapters/notices/open-notices.js';
import { RealClock, SystemWallClock } from '../hal/adapters/real-clock.js';
import { SerialPortLine } from '../hal/adapters/serial-port-line.js';
import { systemEntropy } from '../hal/adapters/system-entropy.js';
import { StandInCamera } from '../hal/adapters/camera/camera-stand-in.js';
import type { WiredBoard } from '../hal/boards.js';
import type { Clock, WallClock } from '../hal/contracts/clock.js';
import type { BoardHal, Hal } from '../hal/contracts/hal.js';
import type { Link } from '../hal/contracts/links.js';
import type { Notice, NoticeTransport } from '../hal/contracts/notices.js';
import type { ReportSink } from '../hal/contracts/report.js';
import type { Store } from '../hal/contracts/store.js';
import type { LockDoor } from './desk.js';
import { Desk } from './desk.js';
import { EncodedRecords } from './journal/encoded-records.js';
import type { LockParts } from './lock-parts.js';
import type { Resident } from './requests.js';
import type { MotorLimits } from './sense/motor-sense.js';
import type { Settings } from './settings.js';

/** Where the lock's pictures come from: a program, or nowhere (`StandInCamera`). */
export type CameraChoice = { readonly kind: 'standIn' } | { readonly kind: 'command'; readonly command: string };

export interface SiteOptions {
  readonly board: WiredBoard;
  /** The serial port that the board is plugged into. */
  readonly port: string;
  /** The door as grants name it. */
  readonly doorId: string;
  readonly folder: DataFolder;
  readonly camera: CameraChoice;
  readonly listener: SiteListener;
}

/** What people should know of the hardware, and what has no listener at the lock. Nothing is told from inside a call. */
export interface SiteListener {
  boardNews(news: BoardNews): void;
  /** The camera's program has ended by itself; one clause. */
  cameraTrouble(trouble: string): void;
  noticeArrived(notice: Notice): void;
  /** A receiver of notices refuses what no later try will mend; one clause. */
  noticeTrouble(trouble: string): void;
}

/** The hardware of one door, and the host beside it. */
export interface Site {
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly board: BoardHal;
  /** Has current and supply sampled with the motor off; a lock never asks for that. */
  sampleAtRest(): void;
  readonly camera: HostCamera;
  readonly networkLink: Link;
  readonly notices: NoticeTransport;
  /** A journal at this path, which nobody else writes. */
  openStore(path: string): Store & { close(): Promise<void> };
  /** Stops the motor, then lets go of everything. */
  close(): Promise<void>;
}

/** What the lock is told of its door and its people. */
export interface Household {
  readonly settings: Settings;
  readonly residents: readonly Resident[];
}

/** From boards.json. */
export function motorLimitsOf({ drive }: WiredBoard): MotorLimits {
  return {
    nominalMv: drive.supplyNominalMv,
    stallMa: drive.stallThresholdMa,
    idleMa: drive.idleCurrentMa,
    lowMv: drive.supplyLowMv,
    tooLowMv: drive.supplyMinMv,
  };
}

/** Opens the board's port and all else that a real lock needs; the board answers in its time. */
export function openSite({ board, port, doorId, folder, camera, listener }: SiteOptions): Site {
  const clock = new RealClock();
  const { stallMa, nominalMv } = motorLimitsOf(board);
  const hal = new JohnnyFiveHal({ line: new SerialPortLine(port), clock, board, stall: { stallMa, nominalMv } });
  const networkLink = new InterfaceLink(clock);
  // What is wrong in the folder is found before the port is opened.
  const notices = openNotices({
    folder,
    doorId,
    isOnline: () => networkLink.isUp(),
    onArrival: (notice) => listener.noticeArrived(notice),
    onTrouble: (trouble) => listener.noticeTrouble(trouble),
  });
  const hostCamera = makeCamera(camera, folder, clock, listener);
  hal.watchNews((news) => listener.boardNews(news));
  hal.open();
  return {
    clock,
    wallClock: new SystemWallClock(clock),
    board: hal,
    sampleAtRest: () => hal.sampleAtRest(),
    camera: hostCamera,
    networkLink,
    notices,
    openStore: (path) => new FileStore(path),
    close: async () => {
      await Promise.all([hal.close(), hostCamera.close()]);
      clock.stop();
    },
  };
}

/** What a lock at this site is made of. The calendar may be another than the site's own. */
export function lockParts(
  site: Site,
  store: Store,
  { settings, residents }: Household,
  motorLimits: MotorLimits,
  reports: ReportSink,
  wallClock: WallClock = site.wallClock,
): LockParts {
  const { board, camera, networkLink, clock, notices } = site;
  const hal: Hal = {
    boardLink: board.boardLink,
    boltMotor: board.boltMotor,
    motorCurrent: board.motorCurrent,
    boltSwitches: board.boltSwitches,
    doorContact: board.doorContact,
    cameraPower: new SharedCameraPower(board.cameraPower, camera),
    indicators: board.indicators,
    cameraFrames: camera.cameraFrames,
    recorder: camera.recorder,
    networkLink,
  };
  return {
    hal,
    clock,
    wallClock,
    records: new EncodedRecords(store),
    notices,
    reports,
    residents,
    settings,
    motorLimits,
  };
}

function makeCamera(camera: CameraChoice, folder: DataFolder, clock: Clock, listener: SiteListener): HostCamera {
  if (camera.kind === 'standIn') return new StandInCamera(clock);
  return new CommandCamera({
    command: camera.command,
    footageFolder: folder.folder('footage'),
    clock,
    onTrouble: (trouble) => listener.cameraTrouble(trouble),
  });
}

/** Where a lock at this site is shown tokens, proofs and codes. */
export function openDesk(lock: LockDoor, clock: Clock, { settings, residents }: Household): Desk {
  return new Desk({ lock, clock, entropy: systemEntropy, settings, residents });
}
