/** A picture as JPEG has them, with a thumbnail inside, restarts, and FF in its data; `serial` makes it unlike the others. */
export function jpegOf(serial: number, dataBytes = 40): Uint8Array {
  const thumbnail = [0xff, 0xd8, 0xff, 0xda, 0x00, 0x02, 0x11, 0xff, 0xd9];
  const data = Array.from({ length: dataBytes }, (_, index) => (serial + index * 7) & 0x7f);
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe1, thumbnail),
    ...segment(0xfe, [...Buffer.from(String(serial))]),
    ...segment(0xda, [1, 2, 3]),
    ...data,
    0xff,
    0x00,
    0xff,
    0xd0,
    ...data,
    ...segment(0xda, [4, 5, 6]),
    ...data,
    0xff,
    0xff,
    0xd9,
  ]);
}

function segment(code: number, bytes: readonly number[]): number[] {
  const length = bytes.length + 2;
  return [0xff, code, length >> 8, length & 0xff, ...bytes];
}
