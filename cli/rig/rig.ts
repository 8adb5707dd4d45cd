import { rmSync } from 'node:fs';
import type { DataFolder } from '../../hal/adapters/files/data-folder.js';
import type { WiredBoard } from '../../hal/boards.js';
import type { BoardHal } from '../../hal/contracts/hal.js';
import { Lock } from '../../firmware/lock.js';
import type { Desk } from '../../firmware/desk.js';
import type { Household, Site } from '../../firmware/main.js';
import { lockParts, motorLimitsOf, openDesk } from '../../firmware/main.js';
import type { Request } from '../../firmware/requests.js';
import { DEFAULT_SETTINGS, type Settings } from '../../firmware/settings.js';
import type { Signal } from '../../firmware/signals.js';
import { tappedParts } from '../../firmware/tapped-parts.js';
import { FanOut } from '../../sim/fan-out.js';
import type { Observer } from '../../sim/observation.js';
import { LiveTimeline } from '../../sim/report/live-timeline.js';
import { headlineText } from '../../sim/report/timeline.js';
import { playOnStage } from '../../sim/scenario/player.js';
import type { Scenario } from '../../sim/scenario/scenario.js';
import { inWords } from '../../sim/scenario/words.js';
import { Witness } from '../../sim/scenario/witness.js';
import { type DoorInterface, tellEvents } from '../door/door-interface.js';
import { tellingTrouble } from '../journal-trouble.js';
import type { Terminal } from '../terminal.js';
import type { BoardReport } from './board-report.js';
import { dryMotor } from './dry-motor.js';
import { FirstChecks } from './first-checks.js';
import { HardwareFault } from './hardware-fault.js';
import { heardDoor } from './heard-door.js';
import { MeasuredProperties } from './measured-properties.js';
import { Measurements } from './measurements.js';
import type { Keyboard } from './prompts.js';
import { Prompts } from './prompts.js';
import type { RecordingFile } from './recording-file.js';
import type { RigResult } from './rig-verdict.js';
import { SingleThrows } from './single-throws.js';
import { Standing, statusOf, watchBoard } from './standing.js';
import type { RigStatus } from './status-socket.js';
import { StoryCalendar, StoryStage } from './story-stage.js';
import { Waiter } from './waiter.js';

/** A bootloader and the handshake take three seconds. Chosen. */
const BOARD_MAX_MS = 10_000;

/** After a hand on the thumb-turn the lock waits ten seconds, and a throw that jams takes as long. Chosen. */
const HOMING_MAX_MS = 60_000;

/** A lock with end switches knows its position within this. Chosen. */
const READY_MAX_MS = 2_000;

/** A lock that has been quiet for so long is at home. Chosen. */
const QUIET_MS = 500;

/** Whoever sits at the rig of a lock that tells no story is its owner. */
const OWNER = 'owner';

function owned(rules: RigParts['rules']): Household {
  return { settings: { ...DEFAULT_SETTINGS, ...rules }, residents: [{ id: OWNER, role: 'owner' }] };
}

export interface RigParts {
  readonly wiring: WiredBoard;
  readonly port: string;
  readonly site: Site;
  readonly folder: DataFolder;
  readonly boardReport: BoardReport;
  /** Served while the lock just runs. */
  readonly doorInterface: DoorInterface;
  readonly terminal: Terminal;
  readonly keyboard: Keyboard;
  /** What people see as it happens. */
  readonly show: (text: string) => void;
  readonly abortion: AbortSignal;
  readonly recording: RecordingFile | null;
  /** Of the program, for the recording. */
  readonly version: string;
  readonly motorOff: boolean;
  readonly asksPerson: boolean;
  readonly cameraIsSimulated: boolean;
  /** What the owner has chosen for a lock that just runs. */
  readonly rules: Pick<Settings, 'timeZone' | 'watchesHousehold'>;
}

/** The firmware on real hardware, and the person beside it. */
export class Rig {
  private readonly parts: RigParts;
  private readonly board: BoardHal;
  private readonly standing = new Standing();
  private readonly waiter: Waiter;
  private readonly prompts: Prompts;
  private sample: { currentMa: number; supplyMv: number } | null = null;
  private measurements: Measurements | null = null;
  private beganAtMs = 0;
  private timeline: LiveTimeline | null = null;
  private observer: FanOut | null = null;
  private store: ReturnType<Site['openStore']> | null = null;
  private lock: Lock | null = null;
  private isRecording = false;
  private story: string | null = null;

  constructor(parts: RigParts) {
    const { site, show, motorOff } = parts;
    this.parts = parts;
    this.board = motorOff ? dryMotor(site.board, (order) => show(` motor off, not sent: ${order}\n`)) : site.board;
    this.waiter = new Waiter(site.clock, parts.abortion);
    this.prompts = new Prompts(parts.keyboard, this.waiter, (text) => {
      this.timeline?.flush();
      show(text);
    });
    watchBoard(site.board, (signal) => this.hear(signal));
  }

  /** Waits for the board, and looks whether its inputs make sense. Throws `HardwareFault`. */
  async prepare(): Promise<void> {
    const { site, wiring, asksPerson, boardReport, port } = this.parts;
    const { clock } = site;
    const answers = await this.waiter.until(() => this.standing.boardUp === true, clock.nowMs() + BOARD_MAX_MS);
    if (!answers) {
      const reason = boardReport.reason === '' ? `no board answers at ${port}` : boardReport.reason;
      throw new HardwareFault(`latchkey: ${reason}; latchkey doctor --port ${port} says more.`);
    }
    const { waiter, prompts, standing } = this;
    const sample = (): typeof this.sample => this.sample;
    const sampleAtRest = (): void => site.sampleAtRest();
    const { board } = this;
    const parts = { wiring, board, clock, waiter, prompts, standing, sampleAtRest, sample, asksPerson };
    await new FirstChecks(parts).run();
  }

  async throwSingly(): Promise<void> {
    const { site, wiring, show } = this.parts;
    const { waiter, prompts, standing, board } = this;
    const limits = motorLimitsOf(wiring);
    const throws = new SingleThrows({ board, clock: site.clock, waiter, prompts, standing, limits, show });
    board.motorCurrent.watch((currentMa, supplyMv) => {
      throws.sample(currentMa, supplyMv);
      waiter.lookAgain();
    });
    await throws.run();
  }

  /** Runs the lock until it is ended from outside; whoever sits there may lock and unlock. */
  async runOn(): Promise<void> {
    const { show, folder, site, doorInterface } = this.parts;
    const { clock } = site;
    const household = owned(this.parts.rules);
    const desk = this.start(household, folder.file('journal'), site.wallClock);
    this.begin([OWNER], []);
    this.timeline?.know(desk.lock.sum.ledger.values());
    await doorInterface.attach({ desk: () => desk, clock, ...household });
    // Nobody is asked to type before the lock knows where the bolt is: it would refuse.
    const isKnown = (): boolean => (this.standing.report?.position ?? 'unknown') !== 'unknown';
    await this.waiter.until(isKnown, clock.nowMs() + READY_MAX_MS);
    show(' ▶ u + Enter unlocks, l locks, Ctrl-C ends\n');
    for (let line = await this.prompts.line(); line !== null; line = await this.prompts.line()) {
      if (line === 'u') this.ask({ kind: 'unlock', personId: OWNER, by: 'app' });
      else if (line === 'l') this.ask({ kind: 'lock', personId: OWNER });
      else show('   u or l\n');
    }
    // Nobody types any more; the lock goes on.
    await this.waiter.until(() => false);
  }

  /** Plays a story from a locked door on. Throws `HardwareFault` if the door cannot be brought there. */
  async play(scenario: Scenario): Promise<RigResult> {
    const { site, folder, show, terminal, wiring, cameraIsSimulated } = this.parts;
    const { doorId, timeZone, residents, door, lock } = scenario.world;
    const calendar = new StoryCalendar(site.clock, scenario.world.beginsUtcMs);
    // A story begins with a lock that knows of nothing before it.
    const journal = folder.file('story.journal');
    rmSync(journal, { force: true });
    this.story = scenario.story;
    const settings = { ...DEFAULT_SETTINGS, doorId, timeZone };
    const desk = this.start({ settings, residents }, journal, calendar);
    await this.goHome();
    const title = [scenario.story, wiring.name, ...(cameraIsSimulated ? ['camera: simulated'] : [])].join(' · ');
    const { paint } = terminal;
    show(`\n${headlineText({ title, tells: scenario.tells }, paint)}`);
    show(
      ` ${paint('quiet', `told of the ${inWords(lock)} lock and the ${inWords(door)} door; this one is as it is`)}\n`,
    );
    calendar.begin();
    const witness = new Witness(scenario);
    const properties = new MeasuredProperties(doorId, residents);
    const observer = this.begin(scenario.people, [...properties.monitors, witness]);
    const { waiter, prompts, standing, beganAtMs } = this;
    const ask = (request: Request): number => this.ask(request);
    const stage = new StoryStage({ clock: site.clock, beganAtMs, waiter, prompts, standing, observer, ask, desk });
    const result = await stage.play(playOnStage(scenario, null, stage, witness, stage.observer));
    this.timeline?.flush();
    return { ...result, violations: properties.violations };
  }

  status(): RigStatus {
    const { wiring, port, boardReport, cameraIsSimulated, site } = this.parts;
    return {
      ...statusOf(this.standing),
      board: wiring.id,
      port,
      story: this.story,
      image: boardReport.image,
      cameraIsSimulated,
      trips: boardReport.trips,
      uptimeMs: site.clock.nowMs(),
    };
  }

  /** A notice has arrived. */
  observeNotice(notice: Parameters<FanOut['notice']>[1]): void {
    this.observer?.notice(this.storyMs(), notice);
  }

  /** Once the site is closed: nothing is appended any more. */
  async close(): Promise<void> {
    this.timeline?.end();
    await this.store?.close();
  }

  private start(household: Household, journal: string, wallClock: Site['wallClock']): Desk {
    const { site, recording, version, wiring, terminal } = this.parts;
    const motorLimits = motorLimitsOf(wiring);
    const store = site.openStore(journal);
    this.store = store;
    const silent = { report: () => {}, alarm: () => {} };
    const whole = lockParts({ ...site, board: this.board }, store, household, motorLimits, silent, wallClock);
    const warn = (trouble: string): void => terminal.error(`latchkey: ${trouble}\n`);
    const parts = { ...whole, records: tellingTrouble(whole.records, journal, warn) };
    recording?.begin({
      version,
      board: wiring.id,
      hasBoltSwitches: parts.hal.boltSwitches !== null,
      ...household,
      motorLimits,
    });
    this.isRecording = true;
    const lock = new Lock(tappedParts(parts, (_atMs, signal) => this.hear(signal)));
    this.lock = lock;
    return openDesk(
      heardDoor(lock, (signal) => this.hear(signal)),
      site.clock,
      household,
    );
  }

  /** From now on the timeline counts. */
  private begin(people: readonly string[], observers: readonly Observer[]): FanOut {
    const { site, show, terminal, wiring } = this.parts;
    this.beganAtMs = site.clock.nowMs();
    const timeline = new LiveTimeline(site.clock, this.beganAtMs, people, show, terminal.paint);
    const observer = new FanOut([...observers, timeline.observer]);
    const measurements = new Measurements(motorLimitsOf(wiring), observer);
    measurements.begin(0, this.standing);
    this.timeline = timeline;
    this.measurements = measurements;
    this.observer = observer;
    return observer;
  }

  /** Every story begins behind a locked door. */
  private async goHome(): Promise<void> {
    const { standing, waiter, prompts, parts } = this;
    const { clock } = parts.site;
    await waiter.until(() => standing.doorClosed !== null && standing.report !== null, clock.nowMs() + QUIET_MS);
    if (standing.doorClosed !== true) {
      const words = 'close the door, the bolt drawn in, or put the magnet to its contact';
      await prompts.ask(words, () => standing.doorClosed === true);
    }
    const isHome = (): boolean =>
      standing.doorClosed === true &&
      standing.drive === 'off' &&
      (this.board.boltSwitches === null || standing.report?.position === 'locked');
    if (!(await waiter.until(isHome, clock.nowMs() + HOMING_MAX_MS))) {
      throw new HardwareFault(
        `latchkey: the bolt has not come home within ${HOMING_MAX_MS / 1000} s; alarms: ${[...standing.alarms].join(', ') || 'none'}. ` +
          'Try it alone: latchkey rig --step.',
      );
    }
    await waiter.pause(QUIET_MS);
    if (standing.alarms.size > 0) {
      throw new HardwareFault(
        `latchkey: the lock raises ${[...standing.alarms].join(', ')}; mend that before the story.`,
      );
    }
  }

  /** Returns when that was, on the clock. */
  private ask(request: Request): number {
    this.hear({ in: 'request', request });
    const { heardAtMs } = this.standing;
    this.lock?.request(request);
    return heardAtMs;
  }

  private hear(signal: Signal): void {
    const { recording, site } = this.parts;
    const atMs = site.clock.nowMs();
    if (this.isRecording) recording?.take(atMs, signal);
    if ('in' in signal && signal.in === 'motorCurrent') this.sample = signal;
    this.standing.take(atMs, signal);
    tellEvents(this.parts.doorInterface.events, signal);
    this.measurements?.take(atMs - this.beganAtMs, signal);
    this.waiter.lookAgain();
  }

  private storyMs(): number {
    return this.parts.site.clock.nowMs() - this.beganAtMs;
  }
}
