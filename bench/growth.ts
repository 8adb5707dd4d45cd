import { LatchkeySite } from './latchkey.js';
import { median, timeMs } from './measure.js';
import { VisitLoop } from './visit.js';

const WARM_UP_VISITS = 5_000;
const CHUNK_VISITS = 100;

/**
 * How much more the last thousand visits cost than the first thousand after the warm-up, in one world in which
 * `visits` lie between. To be run in a process of its own: the machine code of an earlier world knows old times already.
 */
export function growth(visits: number): number {
  const loop = new VisitLoop(new LatchkeySite({ coalesce: true }));
  loop.play(WARM_UP_VISITS);
  const firstMs = thousandMs(loop);
  loop.play(visits - 2_000);
  return thousandMs(loop) / firstMs;
}

/** What a thousand visits take, by the median of their hundreds: a pause of the machine is no growth. */
function thousandMs(loop: VisitLoop): number {
  const chunks = Array.from({ length: 10 }, () => timeMs(() => loop.play(CHUNK_VISITS)));
  return 10 * median(chunks);
}
