import { expect } from 'chai';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramListener, StartProgram } from '../../../../hal/adapters/camera/camera-program.js';
import { CommandCamera } from '../../../../hal/adapters/camera/command-camera.js';
import type { FootageDisk } from '../../../../hal/adapters/camera/footage.js';
import type { Clock } from '../../../../hal/contracts/clock.js';
import { VirtualClock } from '../../../../sim/virtual-clock.js';
import { describeCameraFrames } from '../../contracts/camera-frames.suite.js';
import { describeRecorder } from '../../contracts/recorder.suite.js';
import type { CameraUnderTest } from './host-bench.js';
import { HostBench } from './host-bench.js';
import { jpegOf } from './jpegs.js';

type Trouble = 'none' | 'frozen' | 'replayed';
type RecorderTrouble = 'none' | 'full' | 'failing';

const FRAME_MS = 100;
const SYNC_MS = 20;

/** A program that writes a picture every 100 ms, in two pieces; some day it may repeat itself. */
class ScriptedProgram {
  trouble: Trouble = 'none';
  starts = 0;
  ends: 'atOnce' | 'whenKilled' = 'atOnce';
  killed = 0;
  listener: ProgramListener | null = null;
  private serial = 0;
  private readonly clock: Clock;
  private readonly frame;
  private readonly gone;

  constructor(clock: Clock) {
    this.clock = clock;
    this.frame = clock.alarm(() => this.write());
    this.gone = clock.alarm(() => this.end('it ended by SIGTERM'));
  }

  readonly start: StartProgram = (_command, listener) => {
    expect(this.listener, 'two programs at a time').to.equal(null);
    this.starts += 1;
    this.listener = listener;
    this.frame.set(this.clock.nowMs() + FRAME_MS);
    return {
      terminate: () => {
        if (this.ends === 'atOnce') this.gone.set(this.clock.nowMs() + 1);
      },
      kill: () => {
        this.killed += 1;
        this.gone.set(this.clock.nowMs() + 1);
      },
    };
  };

  end(why: string): void {
    this.frame.clear();
    const { listener } = this;
    this.listener = null;
    listener?.ended(why);
  }

  private write(): void {
    this.frame.set(this.clock.nowMs() + FRAME_MS);
    if (this.trouble === 'none') this.serial += 1;
    const shown = this.trouble === 'replayed' ? this.serial - (this.clock.nowMs() % 5) : this.serial;
    const picture = jpegOf(shown);
    this.listener?.received(picture.subarray(0, 30));
    this.listener?.received(picture.subarray(30));
  }
}

/** A disk that syncs in the time of the clock. */
class ScriptedDisk {
  trouble: RecorderTrouble = 'none';
  readonly disk: FootageDisk;

  constructor(clock: Clock) {
    const waiting: fs.NoParamCallback[] = [];
    const answer = clock.alarm(() => waiting.shift()?.(this.trouble === 'failing' ? this.error() : null));
    this.disk = {
      writeSync: ((...call: Parameters<typeof fs.writeSync>) => {
        if (this.trouble === 'full') throw this.error();
        return fs.writeSync(...call);
      }) as FootageDisk['writeSync'],
      fdatasync: ((_descriptor: number, done: fs.NoParamCallback) => {
        waiting.push(done);
        answer.set(clock.nowMs() + SYNC_MS);
      }) as unknown as FootageDisk['fdatasync'],
    };
  }

  private error(): NodeJS.ErrnoException {
    return Object.assign(new Error('no'), { code: this.trouble === 'full' ? 'ENOSPC' : 'EIO' });
  }
}

describe('command camera', () => {
  const folders: string[] = [];

  function makeFolder(): string {
    const folder = fs.mkdtempSync(join(tmpdir(), 'latchkey-footage-'));
    folders.push(folder);
    return folder;
  }

  after(() => {
    for (const folder of folders) fs.rmSync(folder, { recursive: true });
  });

  function makeCamera(clock: Clock): CameraUnderTest {
    const program = new ScriptedProgram(clock);
    const disk = new ScriptedDisk(clock);
    const camera = new CommandCamera({
      command: 'camera',
      footageFolder: makeFolder(),
      clock,
      onTrouble: () => {},
      startProgram: program.start,
      disk: disk.disk,
    });
    return {
      camera,
      trouble: (trouble) => {
        program.trouble = trouble;
      },
      troubleRecorder: (trouble) => {
        disk.trouble = trouble;
      },
    };
  }

  const makeBench = () => Promise.resolve(new HostBench(makeCamera));
  describeCameraFrames('of a program', makeBench);
  describeRecorder('footage of a program', makeBench);

  describe('its program', () => {
    let clock: VirtualClock;
    let program: ScriptedProgram;
    let camera: CommandCamera;
    let footage: string;
    let troubles: string[];
    let frames: number[];

    beforeEach(() => {
      clock = new VirtualClock();
      program = new ScriptedProgram(clock);
      footage = makeFolder();
      troubles = [];
      frames = [];
      camera = new CommandCamera({
        command: 'camera',
        footageFolder: footage,
        clock,
        onTrouble: (trouble) => troubles.push(trouble),
        startProgram: program.start,
        disk: new ScriptedDisk(clock).disk,
      });
      camera.cameraFrames.watch((sequence) => frames.push(sequence));
    });

    const pass = (durationMs: number): void => clock.advanceTo(clock.nowMs() + durationMs);

    it('runs while the camera is powered, and not a moment longer is it listened to', () => {
      pass(1_000);
      expect(program.starts).to.equal(0);
      camera.setPowered(true);
      pass(1_000);
      expect(frames).to.have.length(10);
      program.ends = 'whenKilled';
      camera.setPowered(false);
      pass(1_000);
      expect({ frames: frames.length, killed: program.killed }).to.deep.equal({ frames: 10, killed: 0 });
      pass(1_500);
      expect({ running: program.listener, killed: program.killed }).to.deep.equal({ running: null, killed: 1 });
      expect(troubles).to.deep.equal([]);
    });

    it('is started again when it ended by itself, and that is told', () => {
      camera.setPowered(true);
      pass(250);
      program.end('it ended with code 1: no such device');
      pass(500);
      expect(troubles).to.deep.equal(['it ended with code 1: no such device']);
      expect(program.starts).to.equal(1);
      pass(650);
      expect({ starts: program.starts, frames }).to.deep.equal({ starts: 2, frames: [0, 1, 0] });
    });

    it('is not started twice when power comes back before it has ended', () => {
      camera.setPowered(true);
      pass(150);
      program.ends = 'whenKilled';
      camera.setPowered(false);
      pass(100);
      camera.setPowered(true);
      pass(1_000);
      expect(program.starts).to.equal(1);
      expect(frames, 'of the earlier boot').to.have.length(1);
      pass(3_000);
      expect(program.starts).to.equal(2);
      expect(frames.at(-1)).to.be.greaterThan(5);
    });

    it('loses what it writes ahead of time', () => {
      camera.setPowered(true);
      camera.recorder.start();
      for (let serial = 0; serial < 1_000; serial += 1) {
        if (serial % 50 === 0) pass(1);
        program.listener?.received(jpegOf(serial));
      }
      expect(frames).to.deep.equal([0]);
      expect(fs.statSync(join(footage, '1.mjpeg')).size).to.equal(jpegOf(0).length);
    });

    it('is told of no trouble when it ends as it was asked to, wanted again or not', () => {
      camera.setPowered(true);
      pass(150);
      program.ends = 'whenKilled';
      camera.setPowered(false);
      camera.setPowered(true);
      pass(2_500);
      expect({ killed: program.killed, troubles }).to.deep.equal({ killed: 1, troubles: [] });
    });

    it('keeps entries in numbered files that hold the pictures alone', () => {
      camera.setPowered(true);
      for (const entry of [1, 2]) {
        camera.recorder.start();
        pass(1_000);
        camera.recorder.stop();
        pass(500);
        expect(fs.readFileSync(join(footage, `${entry}.mjpeg`)).length).to.equal(
          10 * jpegOf(10).length - (entry === 1 ? 9 : 0),
        );
        expect(fs.statSync(join(footage, `${entry}.mjpeg`)).mode & 0o777).to.equal(0o600);
      }
    });

    it('keeps no more files than it may: the oldest goes', () => {
      for (let number = 1; number <= 64; number += 1) fs.writeFileSync(join(footage, `${number}.mjpeg`), '');
      fs.writeFileSync(join(footage, 'notes.txt'), '');
      camera.recorder.start();
      camera.recorder.stop();
      const names = fs.readdirSync(footage);
      expect(names).to.have.length(65).and.to.include.members(['2.mjpeg', '65.mjpeg', 'notes.txt']);
      expect(names).to.not.include('1.mjpeg');
    });

    it('says why no footage can be kept', () => {
      fs.rmSync(footage, { recursive: true });
      expect(camera.recorder.start()).to.deep.equal({ part: 'recorder', detail: 'no file for the footage: ENOENT' });
      fs.mkdirSync(footage);
    });
  });
});
