/**
 * What avrdude prints. Those without a version in their name were recorded of Debian's 7.1; those of 6.3 and 8.2 are put
 * together from the words in its source. `%PORT` stands for the port.
 */

const modemLines = `avrdude OS error: ioctl("TIOCMGET"): Inappropriate ioctl for device
`;

const opening = `avrdude: setting number of retry attempts to 3
${modemLines}${modemLines}`;

const done = `${modemLines}
avrdude done.  Thank you.

`;

const ready = `${opening}
avrdude: AVR device initialized and ready to accept instructions
avrdude: device signature = 0x1e950f (probably m328p)
avrdude: reading input file latchkey.hex for flash
         with 3650 bytes in 1 section within [0, 0xe41]
         using 29 pages and 62 pad bytes
avrdude: writing 3650 bytes flash ...

`;

const wholeBar = '##################################################';

const written = `${ready}Writing | ${wholeBar} | 100% 0.01s

avrdude: 3650 bytes of flash written
avrdude: verifying flash memory against latchkey.hex

`;

const read = `${written}Reading | ${wholeBar} | 100% 0.01s

`;

export const half = { writing: `${ready}Writing | ###############`, verifying: `${written}Reading | #########` };

export const verified = `${read}avrdude: 3650 bytes of flash verified
${done}`;

export const mismatch = `${read}avrdude warning: verification mismatch
        device 0x67 != input 0x27 at addr 0x0203 (error)
avrdude error: verification mismatch
${done}`;

export const wrongChip = `${opening}
avrdude: AVR device initialized and ready to accept instructions
avrdude: device signature = 0x1e9514 (probably m328)
avrdude error: expected signature for ATmega328P is 1E 95 0F
        double check chip or use -F to override this check
${done}`;

export const lostInMidWrite = `${ready}Writing | ##################################---------------- | 68% 5.01s

avrdude error: programmer is not responding
${done}`;

const notOpened = (reason: string): string => `avrdude: setting number of retry attempts to 3
avrdude OS error: cannot open port %PORT: ${reason}
avrdude error: unable to open programmer arduino on port %PORT

avrdude done.  Thank you.

`;

export const noPort = notOpened('No such file or directory');
export const noPermission = notOpened('Permission denied');
/** The system's words put in: Debian's serial ports say so, but pseudo-terminals do not. */
export const busy = notOpened('Device or resource busy');

const attempt = (number: number, answer: string): string =>
  `avrdude warning: attempt ${number} of 3: not in sync: resp=${answer}
`;

const notInSync = `avrdude error: unable to open programmer arduino on port %PORT

avrdude done.  Thank you.

`;

export const silent = `${opening}avrdude error: programmer is not responding
${attempt(1, '0x00')}${modemLines}${modemLines}avrdude error: programmer is not responding
${attempt(2, '0x00')}${modemLines}${modemLines}avrdude error: programmer is not responding
${attempt(3, '0x00')}${notInSync}`;

export const garbled = `${opening}${attempt(1, '0x30')}${modemLines}${modemLines}${attempt(2, '0x30')}${modemLines}${modemLines}${attempt(3, '0x30')}${notInSync}`;

export const unknownFault = `${opening}
avrdude: AVR device initialized and ready to accept instructions
avrdude error: the sky is falling
${done}`;

export const version = `Usage: avrdude [options]
Options:
  -?                         Display this usage

avrdude version 7.1, URL: <https://github.com/avrdudes/avrdude>
`;

export const of63 = {
  version: 'avrdude version 6.3, URL: <http://savannah.nongnu.org/projects/avrdude/>\n',
  noPort: `avrdude: ser_open(): can't open device "%PORT": No such file or directory
`,
  noPermission: `avrdude: ser_open(): can't open device "%PORT": Permission denied
`,
  busy: `avrdude: ser_open(): can't open device "%PORT": Device or resource busy
`,
  silent: `avrdude: WARNING: Programmer doesn't support extended parameters, -x option(s) ignored
avrdude: ser_recv(): programmer is not responding
avrdude: stk500_recv(): programmer is not responding
avrdude: stk500_getsync() attempt 1 of 10: not in sync: resp=0x00
`,
  wrongChip: `avrdude: AVR device initialized and ready to accept instructions

Reading | ${wholeBar} | 100% 0.00s

avrdude: Device signature = 0x1e9514 (probably m328)
avrdude: Expected signature for ATmega328P is 1E 95 0F
         Double check chip, or use -F to override this check.
`,
  mismatch: `Writing | ${wholeBar} | 100% 0.53s

avrdude: 3650 bytes of flash written
avrdude: verifying flash memory against latchkey.hex:

Reading | ${wholeBar} | 100% 0.41s

avrdude: verifying ...
avrdude: verification error, first mismatch at byte 0x0203
         0x67 != 0x27
avrdude: verification error; content mismatch
`,
  verified: `Writing | ${wholeBar} | 100% 0.53s

avrdude: 3650 bytes of flash written

Reading | ${wholeBar} | 100% 0.41s

avrdude: verifying ...
avrdude: 3650 bytes of flash verified
`,
};

export const of82 = {
  version: 'Avrdude version 8.2, https://github.com/avrdudes/avrdude\n',
  noPermission: `OS error: cannot open port %PORT: Permission denied
Error: unable to open port %PORT for programmer arduino
`,
  wrongChip: `Device signature = 1E 95 14 (ATmega328)
Error: expected signature for ATmega328P is 1E 95 0F
  - double check chip or use -F to carry on regardless
`,
  mismatch: `Writing | ${wholeBar} | 100% 0.53s
Reading | ${wholeBar} | 100% 0.41s
Warning: flash verification mismatch
Error: flash verification mismatch
`,
  verified: `Writing 3650 bytes to flash
Writing | ${wholeBar} | 100% 0.53s
Reading | ${wholeBar} | 100% 0.41s
3650 bytes of flash verified
`,
};
