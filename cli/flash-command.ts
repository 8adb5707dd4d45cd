import { resolve } from 'node:path';
import type { WiredBoard } from '../hal/boards.js';
import { DocumentError } from '../hal/document.js';
import type { FlashProgress } from '../hal/tools/avrdude-output.js';
import type { FlashResult } from '../hal/tools/avrdude.js';
import { avrdudeArguments, avrdudeWords, findAvrdude, flash } from '../hal/tools/avrdude.js';
import type { Finding } from '../hal/tools/finding.js';
import { bad, good, notChecked } from '../hal/tools/finding.js';
import type { Bootloader, FlashJob } from '../hal/tools/flash-job.js';
import type { Machine } from '../hal/tools/machine.js';
import { checkPort, checkPortByOpening, portsToGive } from '../hal/tools/port.js';
import type { Problem } from '../hal/tools/problem.js';
import { thisMachine } from '../hal/tools/this-machine.js';
import { BadInput } from './bad-input.js';
import { findWiredBoard } from './find-board.js';
import { imageWords, readImage, readShippedImage, shippedImageFile } from './image-file.js';
import { interruptible } from './interruption.js';
import { Progress } from './progress.js';
import { shellWord } from './shell-word.js';
import { readBoards, shippedBoardsFile } from './shipped-boards.js';
import type { Terminal } from './terminal.js';
import { processTerminal } from './terminal.js';
import { findingLines, findingsExitCode, problemExitCode } from './tool-output.js';

/** What `latchkey flash` was asked for. */
export interface FlashOptions {
  readonly board: string;
  readonly port?: string;
  /** A boards.json instead of the one that ships. */
  readonly boards?: string;
  /** Only this one is tried. */
  readonly bootloader?: string;
  /** Instead of Latchkey's. */
  readonly image?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What the command needs of the world around it. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly machine: Machine;
  readonly boardsFile: string;
  /** The image that ships, its hash beside it. */
  readonly imageFile: string;
}

const exitPassed = 0;
const exitBadInput = 2;

/** How often the line of progress is drawn anew (chosen). */
const drawIntervalMs = 250;

function surroundings(): Surroundings {
  return {
    terminal: processTerminal(),
    machine: thisMachine,
    boardsFile: shippedBoardsFile,
    imageFile: shippedImageFile,
  };
}

/** Writes the image to a board, or says what is in the way, and returns the exit code. */
export async function runFlash(options: FlashOptions, around: Surroundings = surroundings()): Promise<number> {
  try {
    const board = findWiredBoard(await readBoards(options.boards ?? around.boardsFile), options.board);
    const bootloaders = chosenBootloaders(board, options.bootloader);
    const { port } = options;
    if (port === undefined) {
      throw new BadInput(`latchkey: name the board's port. ${portsToGive(await around.machine.serialPorts())}`);
    }
    const { chip, avrdudePart: part } = board.microcontroller;
    const imageFile = resolve(options.image ?? around.imageFile);
    const flashing = new Flashing(board, { chip, part, port, imageFile, bootloaders }, options, around);
    return await (options.dryRun ? flashing.rehearse() : interruptible((signal) => flashing.run(signal)));
  } catch (error) {
    if (!(error instanceof BadInput) && !(error instanceof DocumentError)) throw error;
    around.terminal.error(`${error.message}\n`);
    return exitBadInput;
  }
}

function chosenBootloaders({ id, bootloaders }: WiredBoard, wanted: string | undefined): readonly Bootloader[] {
  if (wanted === undefined) return bootloaders;
  const chosen = bootloaders.filter((bootloader) => bootloader.id === wanted);
  if (chosen.length > 0) return chosen;
  const known = bootloaders.map((bootloader) => bootloader.id).join(', ');
  throw new BadInput(`latchkey: ${id} comes with no bootloader "${wanted}". There is ${known}.`);
}

/** One image, to be written to one board. */
class Flashing {
  private readonly board: WiredBoard;
  private readonly job: FlashJob;
  private readonly options: FlashOptions;
  private readonly around: Surroundings;
  /** As it is called, until it is found. */
  private program = 'avrdude';
  private imageBytes = 0;

  constructor(board: WiredBoard, job: FlashJob, options: FlashOptions, around: Surroundings) {
    this.board = board;
    this.job = job;
    this.options = options;
    this.around = around;
  }

  /** Checks what can be checked without the board, and shows what would be run. */
  async rehearse(): Promise<number> {
    const { terminal } = this.around;
    const findings = [await this.checkImage(), await this.checkAvrdude(), await this.checkPort()];
    const exitCode = findingsExitCode(findings);
    if (this.options.json) this.printJson({ outcome: 'dryRun', findings, exitCode });
    else {
      const commands = this.commands().map((words) => `  ${words.map(shellWord).join(' ')}\n`);
      const title = commands.length === 1 ? 'Would run:' : 'Would run the first, and if nobody answers, the next:';
      terminal.out(`${findingLines(findings, terminal)}${title}\n${commands.join('')}`);
    }
    return exitCode;
  }

  async run(signal: AbortSignal): Promise<number> {
    const { terminal, machine } = this.around;
    const startedAtMs = terminal.nowMs();
    for (const check of [await this.checkImage(), await this.checkAvrdude()]) {
      if (check.verdict === 'problem') return this.fail(check);
    }
    const portProblem = await checkPortByOpening(machine, this.job.port);
    if (portProblem !== null) return this.fail(portProblem);
    const result = await this.write(signal);
    if ('problem' in result) return this.fail(result.problem);
    return this.succeed(result.verifiedBy, Math.round(terminal.nowMs() - startedAtMs));
  }

  private async checkImage(): Promise<Finding> {
    const { imageFile } = this.job;
    const isShipped = this.options.image === undefined;
    const facts = await (isShipped ? readShippedImage(imageFile) : readImage(imageFile));
    if ('kind' in facts) return bad('image', facts);
    this.imageBytes = facts.bytes;
    return good('image', imageWords(imageFile, facts, isShipped));
  }

  private async checkAvrdude(): Promise<Finding> {
    const found = await findAvrdude(this.around.machine);
    if ('kind' in found) return bad('avrdude', found);
    this.program = found.program;
    return good('avrdude', avrdudeWords(found));
  }

  private async checkPort(): Promise<Finding> {
    const { port } = this.job;
    const problem = await checkPort(this.around.machine, port);
    if (problem === null) return good('port', `${port} may be used, and nobody is seen to use it.`);
    return problem.kind === 'portMissing' ? notChecked('port', problem.what, problem.mend) : bad('port', problem);
  }

  private async write(signal: AbortSignal): Promise<FlashResult> {
    const { machine, terminal } = this.around;
    const line = new Progress(terminal);
    let words = '';
    let tried: Bootloader | null = null;
    const watcher = {
      trying: (bootloader: Bootloader): void => {
        words = `waiting for the bootloader: ${spoken(bootloader)}`;
        line.clear();
        if (tried !== null) terminal.error(`No answer from ${spoken(tried)}. Trying ${spoken(bootloader)}.\n`);
        tried = bootloader;
      },
      progress: ({ phase, percent }: FlashProgress): void => {
        words = `${phase} ${percent} %`;
      },
    };
    const drawing = setInterval(() => line.show(() => words), drawIntervalMs);
    try {
      return await flash(machine, this.program, this.job, { watcher, signal });
    } finally {
      clearInterval(drawing);
      line.clear();
    }
  }

  private succeed(bootloader: Bootloader, wallMs: number): number {
    const { terminal } = this.around;
    const { port } = this.job;
    if (this.options.json)
      this.printJson({ outcome: 'verified', bootloader: bootloader.id, wallMs, exitCode: exitPassed });
    else {
      const what = `${this.board.name} at ${port}: ${this.imageBytes} bytes written and verified`;
      const how = `in ${(wallMs / 1000).toFixed(1)} s, by ${spoken(bootloader)}`;
      const note = this.board.bootloaders.find(({ id }) => id === bootloader.id)?.note;
      terminal.out(`${terminal.paint('good', '✔')} ${what} ${how}.\n`);
      if (note !== undefined) terminal.out(`  About this bootloader: ${note}\n`);
      terminal.out(`  Next: latchkey doctor --board ${this.board.id} --port ${shellWord(port)}\n`);
    }
    return exitPassed;
  }

  private fail({ kind, what, mend }: Problem): number {
    const { terminal } = this.around;
    const exitCode = problemExitCode(kind);
    if (this.options.json) this.printJson({ outcome: 'problem', problem: { kind, what, mend }, exitCode });
    else terminal.error(`latchkey: ${what}\n${mend}\n`);
    return exitCode;
  }

  private commands(): string[][] {
    return this.job.bootloaders.map((bootloader) => [this.program, ...avrdudeArguments(this.job, bootloader)]);
  }

  private printJson(rest: Readonly<Record<string, unknown>>): void {
    const { port, imageFile } = this.job;
    const result = { board: this.board.id, port, image: imageFile, commands: this.commands(), ...rest };
    this.around.terminal.out(`${JSON.stringify(result, null, 2)}\n`);
  }
}

function spoken({ name, baudRate }: Bootloader): string {
  return `${name} (${baudRate} baud)`;
}
