import { join } from 'node:path';
import { DataFolder, DataFolderError } from '../hal/adapters/files/data-folder.js';
import { DoorServer } from '../hal/adapters/http/door-server.js';
import type { Place } from '../hal/adapters/http/front-messages.js';
import { ServerError } from '../hal/adapters/http/server-error.js';
import { RealClock } from '../hal/adapters/real-clock.js';
import { DocumentError } from '../hal/document.js';
import { DEFAULT_SETTINGS } from '../firmware/settings.js';
import type { DoorEvents } from '../firmware/interface/door-events.js';
import type { Observer } from '../sim/observation.js';
import { LiveTimeline } from '../sim/report/live-timeline.js';
import { loadScenario } from '../sim/scenario/load.js';
import { BadInput } from './bad-input.js';
import { DoorInterface } from './door/door-interface.js';
import { tlsPlaces } from './door/tls-places.js';
import { interruptible } from './interruption.js';
import type { ListenOptions } from './listen-options.js';
import { LiveHands } from './live/live-hands.js';
import type { LiveScene } from './live/live-lock.js';
import { LiveLock } from './live/live-lock.js';
import { guardAgainstCrash } from './rig/crash-guard.js';
import type { Keyboard } from './rig/prompts.js';
import { processKeyboard } from './rig/prompts.js';
import { stateFolder } from './rig/state-folder.js';
import { readScenarioFile } from './scenario-files.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';

/** Whoever lives behind a door of which no story tells. */
const OWNER = 'owner';

const DEFAULT_SCENE: LiveScene = {
  lock: 'sturdy',
  door: 'aligned',
  board: 'sim',
  doorId: 'front-door',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  residents: [{ id: OWNER, role: 'owner' }],
};

/** What `latchkey sim --live` was asked for, beyond the scenario. */
export interface LiveOptions {
  readonly data?: string;
  readonly listen?: ListenOptions;
  readonly json: boolean;
}

/** What the command needs of the world around it. */
export interface LiveSurroundings {
  readonly terminal: Terminal;
  /** `null` where nobody sits at a terminal. */
  readonly openKeyboard: () => Keyboard | null;
  /** The folder of the lock, unless one is named. */
  readonly dataFolder: string;
}

const exitPassed = 0;
const exitBadInput = 2;

function surroundings(): LiveSurroundings {
  return {
    terminal: processTerminal(),
    openKeyboard: () => (process.stdin.isTTY ? processKeyboard() : null),
    dataFolder: join(stateFolder(), 'sim'),
  };
}

/** Runs a lock at a simulated door until it is ended from outside, and returns the exit code. */
export async function runLive(
  scenarioPath: string | undefined,
  options: LiveOptions,
  around: LiveSurroundings = surroundings(),
): Promise<number> {
  try {
    const { scene, people } = await readScene(scenarioPath);
    const places = tlsPlaces(options.listen);
    await interruptible(async (ending) => {
      const folder = new DataFolder(options.data ?? around.dataFolder);
      try {
        await new LiveCommand(folder, scene, people, options, around).run(places, ending);
      } finally {
        folder.close();
      }
    });
    return exitPassed;
  } catch (error) {
    if (!isForTheUser(error)) throw error;
    around.terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

function isForTheUser(error: unknown): error is Error {
  return [BadInput, DocumentError, DataFolderError, ServerError].some((kind) => error instanceof kind);
}

/** The door, the lock and the people that a story begins with; nobody plays its steps. */
async function readScene(path: string | undefined): Promise<{ scene: LiveScene; people: readonly string[] }> {
  if (path === undefined) return { scene: DEFAULT_SCENE, people: [OWNER] };
  const { boards } = await readBoards(shippedBoardsFile);
  const source = { text: await readScenarioFile(path), file: path };
  const { world, people } = loadScenario(
    source,
    boards.map(({ id }) => id),
  );
  return { scene: world, people };
}

class LiveCommand {
  private readonly folder: DataFolder;
  private readonly scene: LiveScene;
  private readonly people: readonly string[];
  private readonly options: LiveOptions;
  private readonly around: LiveSurroundings;

  constructor(
    folder: DataFolder,
    scene: LiveScene,
    people: readonly string[],
    options: LiveOptions,
    around: LiveSurroundings,
  ) {
    this.folder = folder;
    this.scene = scene;
    this.people = people;
    this.options = options;
    this.around = around;
  }

  async run(places: readonly Place[], ending: AbortSignal): Promise<void> {
    const { folder, scene, people, around } = this;
    const keyboard = around.openKeyboard();
    const clock = new RealClock();
    const { out, paint } = around.terminal;
    const timeline = keyboard === null ? null : new LiveTimeline(clock, clock.nowMs(), people, out, paint);
    const doorInterface = new DoorInterface({ folder, places, onTrouble: this.warn });
    const observers = [observerFor(doorInterface.events), ...(timeline === null ? [] : [timeline.observer])];
    const lock = new LiveLock({ folder, scene, observers, onTrouble: this.warn });
    const removeGuard = guardAgainstCrash(() => lock.close());
    try {
      const { doorId, timeZone, watchesHousehold = false, residents } = scene;
      const settings = { ...DEFAULT_SETTINGS, doorId, timeZone, watchesHousehold };
      timeline?.know(lock.desk('door')?.lock.sum.ledger.values() ?? []);
      await doorInterface.attach({ desk: (channel) => lock.desk(channel), clock: lock, residents, settings });
      await doorInterface.open((options) => DoorServer.open(options));
      this.tellReady(doorInterface);
      if (keyboard !== null) this.listen(keyboard, new LiveHands(lock, people), timeline);
      await endOf(ending);
    } finally {
      keyboard?.close();
      await doorInterface.close();
      await lock.close();
      timeline?.end();
      clock.stop();
      removeGuard();
    }
  }

  private tellReady({ socketPath: socket, port }: DoorInterface): void {
    const { options, around } = this;
    const https = options.listen === undefined ? null : `https://${options.listen.host}:${port}`;
    const ready = options.json ? JSON.stringify({ socket, https }) : `ready: ${[socket, https ?? []].flat().join(' ')}`;
    around.terminal.out(`${ready}\n`);
  }

  private listen(keyboard: Keyboard, hands: LiveHands, timeline: LiveTimeline | null): void {
    const { out } = this.around.terminal;
    out(' ▶ do something at the door: opens the door; ? lists what can be done, Ctrl-C ends\n');
    keyboard.watch(
      (line) => {
        const told = hands.take(line);
        timeline?.flush();
        if (told !== null) out(`   ${told.replaceAll('\n', '\n   ')}\n`);
      },
      // Nobody types any more; the lock goes on.
      () => undefined,
    );
  }

  private readonly warn = (trouble: string): void => {
    this.around.terminal.error(`latchkey: ${trouble}\n`);
  };
}

async function endOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What the lock puts out, for whoever follows the door. Notices are told as they are queued, network or not. */
function observerFor(events: DoorEvents): Observer {
  return {
    report: (_nowMs, report) => events.report(report),
    alarm: (_nowMs, alarm, raised) => events.alarm(alarm, raised),
    record: (_nowMs, { event }) => {
      if (event.kind === 'noticeQueued') events.notice(event.notice);
    },
  };
}
