import { runFlash } from '../../cli/flash-command.js';
import { processTerminal } from '../../cli/terminal.js';
import { FakeMachine, PORT } from '../hal/tools/fake-machine.js';
import { root } from './tool-surroundings.js';

/** `latchkey flash` as a process of its own, with the avrdude that is its argument. */
const machine = new FakeMachine();
machine.avrdude = process.argv[2] ?? null;
process.exitCode = await runFlash(
  { board: 'arduino-uno', port: PORT, dryRun: false, json: false },
  {
    terminal: processTerminal(),
    machine,
    boardsFile: `${root}/boards.json`,
    imageFile: `${root}/hal/image/latchkey.hex`,
  },
);
