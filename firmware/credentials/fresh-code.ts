import type { Entropy } from '../../hal/contracts/entropy.js';

const DIGITS = 6;
const CODES = 10 ** DIGITS;

/** Below this, every remainder by the number of codes is as likely as any other. */
const FAIR_BELOW = Math.floor(0x1_0000_0000 / CODES) * CODES;

/** Six digits, none of which a thief tries first. */
export function freshCode(userNumber: number, entropy: Entropy): string {
  for (;;) {
    const bytes = entropy.bytes(4);
    const bits = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    const code = String(bits % CODES).padStart(DIGITS, '0');
    if (bits < FAIR_BELOW && !isWeakCode(code, userNumber)) return code;
  }
}

/** Repeats (000000, 121212, 123123), digits that count up or down (123456, 987654, 890123), and the user's own number. */
export function isWeakCode(code: string, userNumber: number): boolean {
  const repeats = [1, 2, 3].some((period) => code === code.slice(0, period).repeat(DIGITS / period));
  const steps = new Set(Array.from(code.slice(1), (digit, index) => (10 + Number(digit) - Number(code[index])) % 10));
  const counts = steps.size === 1 && (steps.has(1) || steps.has(9));
  return repeats || counts || Number(code) === userNumber;
}
