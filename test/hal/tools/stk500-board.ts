import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';

const GET_PARAMETER = 0x41;
const SET_DEVICE = 0x42;
const SET_DEVICE_EXTENDED = 0x45;
const LOAD_ADDRESS = 0x55;
const UNIVERSAL = 0x56;
const PROGRAM_PAGE = 0x64;
const READ_PAGE = 0x74;
const READ_SIGNATURE = 0x75;

const IN_SYNC = 0x14;
const OK = 0x10;

/** Length of the whole command with the end mark; all others have two bytes. */
const lengths: ReadonlyMap<number, number> = new Map([
  [GET_PARAMETER, 3],
  [SET_DEVICE, 22],
  [SET_DEVICE_EXTENDED, 7],
  [LOAD_ADDRESS, 4],
  [UNIVERSAL, 6],
  [READ_PAGE, 5],
]);

export interface Stk500Options {
  readonly signature?: readonly [number, number, number];
  /** It takes bytes, and never answers. */
  readonly isSilent?: boolean;
  /** The page, counted from 0, in which one bit does not hold. */
  readonly wornPage?: number;
}

/** The bootloader of an Arduino, as far as avrdude asks it (STK500 version 1), at the end of a pseudo-terminal. */
export class Stk500Board {
  readonly flash = Buffer.alloc(32_768, 0xff);
  readonly port: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-stk500-'));
  private readonly options: Stk500Options;
  private readonly socat: ChildProcessWithoutNullStreams;
  private received = Buffer.alloc(0);
  private address = 0;

  private constructor(options: Stk500Options) {
    this.options = options;
    this.port = join(this.folder, 'port');
    this.socat = spawn('socat', [`PTY,link=${this.port},raw,echo=0,ignoreeof`, 'STDIO']);
    this.socat.stdout.on('data', (bytes: Buffer) => this.take(bytes));
  }

  static async start(options: Stk500Options = {}): Promise<Stk500Board> {
    const board = new Stk500Board(options);
    while (!existsSync(board.port)) await pass(10);
    return board;
  }

  stop(): void {
    this.socat.kill();
    rmSync(this.folder, { recursive: true });
  }

  private take(bytes: Buffer): void {
    if (this.options.isSilent === true) return;
    this.received = Buffer.concat([this.received, bytes]);
    for (;;) {
      const length = this.commandLength();
      if (length === 0 || this.received.length < length) return;
      const command = this.received.subarray(0, length);
      this.received = this.received.subarray(length);
      this.socat.stdin.write(Buffer.of(IN_SYNC, ...this.answer(command), OK));
    }
  }

  private commandLength(): number {
    const [code, high, low] = this.received;
    if (code === undefined) return 0;
    if (code !== PROGRAM_PAGE) return lengths.get(code) ?? 2;
    return high === undefined || low === undefined ? 0 : 5 + high * 256 + low;
  }

  private answer(command: Buffer): readonly number[] {
    const signature = this.options.signature ?? [0x1e, 0x95, 0x0f];
    switch (command[0]) {
      case GET_PARAMETER:
        return [4];
      case LOAD_ADDRESS:
        this.address = 2 * command.readUInt16LE(1);
        return [];
      case UNIVERSAL:
        return [command[1] === 0x30 ? (signature[command[3] ?? 0] ?? 0) : 0];
      case PROGRAM_PAGE:
        this.program(command.subarray(4, -1));
        return [];
      case READ_PAGE:
        return [...this.flash.subarray(this.address, this.address + command.readUInt16BE(1))];
      case READ_SIGNATURE:
        return signature;
      default:
        return [];
    }
  }

  private program(page: Buffer): void {
    page.copy(this.flash, this.address);
    if (this.address / 128 !== this.options.wornPage) return;
    this.flash.writeUInt8(this.flash.readUInt8(this.address) ^ 1, this.address);
  }
}
