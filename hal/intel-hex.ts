/** Of the ATmega328P. */
export const FLASH_BYTES = 32_768;

/** What erased flash reads as. */
const ERASED = 0xff;

const DATA = 0;
const END_OF_FILE = 1;
const EXTENDED_SEGMENT = 2;
const START_SEGMENT = 3;
const EXTENDED_LINEAR = 4;
const START_LINEAR = 5;

/** A program as it stands in flash. */
export interface FlashImage {
  /** All of the flash; what the file leaves out is erased. */
  readonly bytes: Uint8Array;
  /** Of the first byte in the file: where a bootloader begins. */
  readonly firstAddress: number;
}

/** An image that cannot be read. The message names file and line, says what is wrong and how to mend it. */
export class IntelHexError extends Error {
  override readonly name = 'IntelHexError';
}

interface HexRecord {
  readonly type: number;
  readonly address: number;
  readonly data: Uint8Array;
}

/** Reads a file of Intel HEX, as avr-objcopy and the Arduino IDE write it. Throws `IntelHexError`. */
export function parseIntelHex(text: string, fileName: string): FlashImage {
  const bytes = new Uint8Array(FLASH_BYTES).fill(ERASED);
  let firstAddress = FLASH_BYTES;
  let baseAddress = 0;
  let ended = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fail = (problem: string): never => {
      throw new IntelHexError(`${fileName}:${index + 1}: ${problem}`);
    };
    if (line.trim() === '') continue;
    if (ended) fail('there is more after the end-of-file record; build the image anew');
    const record = readRecord(line.trim(), fail);
    switch (record.type) {
      case DATA: {
        const address = baseAddress + record.address;
        if (address + record.data.length > FLASH_BYTES) {
          fail(`the data ends beyond the ${FLASH_BYTES} bytes of an ATmega328P's flash; build the image for this chip`);
        }
        bytes.set(record.data, address);
        if (record.data.length > 0) firstAddress = Math.min(firstAddress, address);
        break;
      }
      case END_OF_FILE:
        ended = true;
        break;
      case EXTENDED_SEGMENT:
        baseAddress = wordOf(record, fail) << 4;
        break;
      case EXTENDED_LINEAR:
        baseAddress = wordOf(record, fail) * 0x10000;
        break;
      case START_SEGMENT:
      case START_LINEAR:
        break;
      default:
        fail(`records of type ${record.type} are unknown; build the image anew`);
    }
  }
  if (!ended) throw new IntelHexError(`${fileName}: the end-of-file record is missing; copy or build the image anew`);
  if (firstAddress === FLASH_BYTES)
    throw new IntelHexError(`${fileName}: there is no program in it; build the image anew`);
  return { bytes, firstAddress };
}

function readRecord(line: string, fail: (problem: string) => never): HexRecord {
  if (!/^:([0-9A-Fa-f]{2}){5,}$/.test(line)) {
    return fail('this is no record of Intel HEX, which is a colon and pairs of hexadecimal digits; give a .hex file');
  }
  const record = Uint8Array.from({ length: (line.length - 1) / 2 }, (_, index) =>
    Number.parseInt(line.slice(1 + 2 * index, 3 + 2 * index), 16),
  );
  const [length = 0, high = 0, low = 0, type = 0] = record;
  if (record.length !== length + 5) {
    return fail(`the record says ${length} bytes of data and has ${record.length - 5}; copy or build the image anew`);
  }
  const sum = record.reduce((total, byte) => total + byte, 0);
  if (sum % 0x100 !== 0) return fail('the check sum is wrong; copy or build the image anew');
  return { type, address: high * 0x100 + low, data: record.subarray(4, 4 + length) };
}

function wordOf({ data }: HexRecord, fail: (problem: string) => never): number {
  const [high, low] = data;
  if (high === undefined || low === undefined || data.length !== 2) {
    return fail('a record that moves the address must have two bytes of data; build the image anew');
  }
  return high * 0x100 + low;
}
