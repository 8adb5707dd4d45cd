import { join } from 'node:path';
import { DataFolder, DataFolderError } from '../hal/adapters/files/data-folder.js';
import { DoorServer } from '../hal/adapters/http/door-server.js';
import type { Place } from '../hal/adapters/http/front-messages.js';
import { ServerError } from '../hal/adapters/http/server-error.js';
import type { WiredBoard } from '../hal/boards.js';
import { DocumentError } from '../hal/document.js';
import type { Site, SiteOptions } from '../firmware/main.js';
import { openSite } from '../firmware/main.js';
import { loadScenario } from '../sim/scenario/load.js';
import { DEFAULT_SETTINGS } from '../firmware/settings.js';
import type { Scenario } from '../sim/scenario/scenario.js';
import { BadInput } from './bad-input.js';
import { DoorInterface, type ServeDoor } from './door/door-interface.js';
import { tlsPlaces } from './door/tls-places.js';
import { findWiredBoard } from './find-board.js';
import { interruptible } from './interruption.js';
import type { ListenOptions } from './listen-options.js';
import { BoardReport } from './rig/board-report.js';
import { guardAgainstCrash } from './rig/crash-guard.js';
import { checkPlayable } from './rig/hands.js';
import { HardwareFault, OutOfTime } from './rig/hardware-fault.js';
import type { Keyboard } from './rig/prompts.js';
import { processKeyboard } from './rig/prompts.js';
import { RecordingFile } from './rig/recording-file.js';
import { Rig } from './rig/rig.js';
import { rigExitCode, rigResultJson, rigVerdictText } from './rig/rig-verdict.js';
import { stateFolder } from './rig/state-folder.js';
import { serveStatus, SOCKET_NAME } from './rig/status-socket.js';
import { readScenarioFile } from './scenario-files.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';

/** What `latchkey rig` was asked for, beyond the scenario. */
export interface RigOptions {
  readonly board: string;
  readonly port: string;
  /** Instead of the one that ships. */
  readonly boards?: string;
  /** `sim`, or a command for the shell that writes pictures. */
  readonly camera: string;
  readonly data?: string;
  /** Single throws, without a lock. */
  readonly step: boolean;
  readonly motorOff: boolean;
  /** Nobody is asked to open and close the door first. */
  readonly yes: boolean;
  readonly record?: string;
  readonly timeoutSeconds?: number;
  /** Of a lock that just runs: the door's time zone, instead of this machine's. */
  readonly zone?: string;
  /** The same: whether the camera also watches when the household opens. */
  readonly watchHousehold?: boolean;
  /** Where the interface of a lock that just runs is served besides its socket. */
  readonly listen?: ListenOptions;
  readonly json: boolean;
  /** Of this program. */
  readonly version: string;
}

/** What the command needs of the world around it. */
export interface RigSurroundings {
  readonly terminal: Terminal;
  readonly openKeyboard: () => Keyboard;
  readonly openSite: (options: SiteOptions) => Site;
  readonly openServer: ServeDoor;
  readonly boardsFile: string;
  /** Where the folders of locks are, unless one is named. */
  readonly stateFolder: string;
}

const exitPassed = 0;
const exitBadInput = 2;
const exitHardwareFault = 20;
const exitOutOfTime = 42;

function surroundings(): RigSurroundings {
  return {
    terminal: processTerminal(),
    openKeyboard: processKeyboard,
    openSite,
    openServer: (options) => DoorServer.open(options),
    boardsFile: shippedBoardsFile,
    stateFolder: stateFolder(),
  };
}

/** Runs the firmware on the hardware, and returns the exit code. */
export async function runRig(
  scenarioPath: string | undefined,
  options: RigOptions,
  around: RigSurroundings = surroundings(),
): Promise<number> {
  try {
    const boards = await readBoards(options.boards ?? around.boardsFile);
    const wiring = findWiredBoard(boards, options.board);
    const boardIds = boards.boards.map(({ id }) => id);
    const scenario = scenarioPath === undefined ? null : await readPlayable(scenarioPath, boardIds);
    const command = new RigCommand(wiring, scenario, options, around);
    return await interruptible((signal) => command.run(signal));
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (exitCode === null) throw error;
    if (error instanceof Error && error.name !== 'AbortError') around.terminal.error(`${error.message}\n`);
    return exitCode;
  }
}

/** Bad input is found before anything moves. */
async function readPlayable(path: string, boardIds: readonly string[]): Promise<Scenario> {
  const scenario = loadScenario({ text: await readScenarioFile(path), file: path }, boardIds);
  checkPlayable(scenario);
  return scenario;
}

/** `null` for what is no concern of the user's. */
function exitCodeOf(error: unknown): number | null {
  if (error instanceof HardwareFault) return exitHardwareFault;
  if (error instanceof OutOfTime) return exitOutOfTime;
  const isBadInput =
    error instanceof BadInput ||
    error instanceof DocumentError ||
    error instanceof DataFolderError ||
    error instanceof ServerError;
  if (isBadInput) return exitBadInput;
  // The user has ended it; how, the shell is told by `interruptible`.
  return error instanceof Error && error.name === 'AbortError' ? exitPassed : null;
}

class RigCommand {
  private readonly wiring: WiredBoard;
  private readonly scenario: Scenario | null;
  private readonly options: RigOptions;
  private readonly around: RigSurroundings;
  private readonly places: readonly Place[];
  /** Standard output is for the result where programs read it. */
  private readonly show: (text: string) => void;

  constructor(wiring: WiredBoard, scenario: Scenario | null, options: RigOptions, around: RigSurroundings) {
    this.wiring = wiring;
    this.scenario = scenario;
    this.options = options;
    this.around = around;
    this.places = tlsPlaces(options.listen);
    this.show = options.json ? around.terminal.error : around.terminal.out;
  }

  async run(interruption: AbortSignal): Promise<number> {
    const { options, around } = this;
    const folder = new DataFolder(options.data ?? join(around.stateFolder, options.board));
    try {
      const recording = options.record === undefined ? null : new RecordingFile(options.record, this.warn);
      try {
        return await this.runIn(folder, recording, interruption);
      } finally {
        recording?.close();
      }
    } finally {
      folder.close();
    }
  }

  private async runIn(folder: DataFolder, recording: RecordingFile | null, interruption: AbortSignal): Promise<number> {
    const { around, options, wiring, scenario, show } = this;
    const { terminal } = around;
    const boardReport = new BoardReport(show, terminal.paint);
    let rig: Rig | null = null;
    const site = around.openSite({
      board: wiring,
      port: options.port,
      doorId: (scenario?.world ?? DEFAULT_SETTINGS).doorId,
      folder,
      camera: options.camera === 'sim' ? { kind: 'standIn' } : { kind: 'command', command: options.camera },
      listener: {
        boardNews: (news) => boardReport.take(news),
        cameraTrouble: (trouble) => this.warn(`the camera's program: ${trouble}`),
        noticeArrived: (notice) => rig?.observeNotice(notice),
        noticeTrouble: (trouble) => this.warn(trouble),
      },
    });
    const removeGuard = guardAgainstCrash(() => site.close());
    const keyboard = around.openKeyboard();
    const doorInterface = new DoorInterface({ folder, places: this.places, onTrouble: this.warn });
    const abortion = this.abortionOf(interruption, site);
    rig = new Rig({
      wiring,
      port: options.port,
      site,
      folder,
      boardReport,
      doorInterface,
      terminal,
      keyboard,
      show,
      abortion,
      recording,
      version: options.version,
      motorOff: options.motorOff,
      asksPerson: !options.yes,
      cameraIsSimulated: options.camera === 'sim',
      rules: {
        timeZone: options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        watchesHousehold: options.watchHousehold ?? false,
      },
    });
    try {
      return await this.runRig(rig, folder, doorInterface);
    } finally {
      await doorInterface.close();
      await site.close();
      await rig.close();
      keyboard.close();
      removeGuard();
    }
  }

  private async runRig(rig: Rig, folder: DataFolder, doorInterface: DoorInterface): Promise<number> {
    const { options, scenario, show } = this;
    const isLockAlone = scenario === null && !options.step;
    if (isLockAlone) await doorInterface.open(this.around.openServer);
    const server = await serveStatus(folder.file(SOCKET_NAME), () => rig.status());
    try {
      if (options.camera === 'sim') show(' camera: simulated; it proves nothing about what happens at the door\n');
      await rig.prepare();
      if (options.step) {
        await rig.throwSingly();
        return exitPassed;
      }
      if (scenario === null) {
        await rig.runOn();
        return exitPassed;
      }
      return await this.playStory(rig, scenario);
    } finally {
      server.close();
    }
  }

  private async playStory(rig: Rig, scenario: Scenario): Promise<number> {
    const { wiring, options, around, show } = this;
    const result = await rig.play(scenario);
    const exitCode = rigExitCode(result, rig.status().boardLink === 'up');
    const isSimulated = options.camera === 'sim';
    if (options.json) around.terminal.out(rigResultJson(scenario, result, wiring, isSimulated, exitCode));
    else show(rigVerdictText(scenario, result, wiring, isSimulated, exitCode, around.terminal.paint));
    return exitCode;
  }

  private abortionOf(interruption: AbortSignal, { clock }: Site): AbortSignal {
    const { timeoutSeconds } = this.options;
    const controller = new AbortController();
    interruption.addEventListener('abort', () => controller.abort(interruption.reason));
    if (timeoutSeconds !== undefined) {
      const tooLate = (): void => controller.abort(new OutOfTime(`latchkey: not over after ${timeoutSeconds} s`));
      clock.alarm(tooLate).set(clock.nowMs() + timeoutSeconds * 1000);
    }
    return controller.signal;
  }

  private readonly warn = (text: string): void => {
    this.around.terminal.error(`latchkey: ${text}\n`);
  };
}
