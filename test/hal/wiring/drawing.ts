/** What a wiring diagram shows, read back from its SVG. */

export interface Segment {
  readonly net: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface Rectangle {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Spot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly segments: readonly Segment[];
  readonly bodies: readonly Rectangle[];
  readonly texts: readonly Rectangle[];
  readonly terminals: readonly Spot[];
  readonly joints: readonly Spot[];
}

export function readDrawing(svg: string): Drawing {
  const all = (element: string) => [
    ...svg.matchAll(new RegExp(`<${element} ([^>]*?)/?>(?:([^<]*)</${element}>)?`, 'g')),
  ];
  const circles = all('circle').map(([, attributes = '']) => attributesOf(attributes));
  return {
    segments: all('path').flatMap(([, text = '']) => {
      const { d = '', 'data-net': net } = attributesOf(text);
      return net === undefined || net === 'legend' ? [] : segmentsOf(net, d);
    }),
    bodies: all('rect').flatMap(([, text = '']) => {
      const { x, y, width, height, class: kind } = attributesOf(text);
      const box = {
        left: Number(x),
        top: Number(y),
        right: Number(x) + Number(width),
        bottom: Number(y) + Number(height),
      };
      return kind === 'body' ? [{ name: `body at ${x},${y}`, ...box }] : [];
    }),
    texts: all('text').map(([, text = '', words = '']) => textBox(attributesOf(text), unescaped(words))),
    terminals: circles.flatMap((circle) => spot(circle, 'data-terminal')),
    joints: circles.flatMap((circle) => spot(circle, 'data-joint')),
  };
}

type Attributes = Readonly<Record<string, string>>;

function attributesOf(text: string): Attributes {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescaped(value)]),
  );
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function spot(circle: Attributes, key: string): Spot[] {
  const name = circle[key];
  return name === undefined ? [] : [{ name, x: Number(circle['cx']), y: Number(circle['cy']) }];
}

function segmentsOf(net: string, path: string): Segment[] {
  const segments: Segment[] = [];
  let [x, y] = [0, 0];
  for (const [, step, numbers = ''] of path.matchAll(/([MHV])([\d. ]+)/g)) {
    const [first = 0, second = 0] = numbers.trim().split(' ').map(Number);
    const to: [number, number] = [first, step === 'M' ? second : y];
    if (step === 'V') [to[0], to[1]] = [x, first];
    if (step !== 'M') segments.push({ net, from: [x, y], to });
    [x, y] = to;
  }
  return segments.filter(({ from, to }) => from[0] !== to[0] || from[1] !== to[1]);
}

/** At least as wide as the widest of the fonts that the file names: DejaVu Sans. */
function textBox(attributes: Attributes, words: string): Rectangle {
  const size = Number(attributes['font-size']);
  const ems = Array.from(words).reduce((sum, letter) => sum + letterEms(letter), 0);
  const width = ems * size * (attributes['font-weight'] === 'bold' ? 1.12 : 1);
  const x = Number(attributes['x']);
  const y = Number(attributes['y']);
  const shift = { start: 0, middle: width / 2, end: width }[attributes['text-anchor'] ?? ''] ?? Number.NaN;
  return { name: words, left: x - shift, right: x - shift + width, top: y - 0.76 * size, bottom: y + 0.2 * size };
}

function letterEms(letter: string): number {
  if (/[iljI.,:;'|! ]/.test(letter)) return 0.34;
  if (/[frt()/-]/.test(letter)) return 0.41;
  if (/[mwMW@%→←−+×~=]/.test(letter)) return 0.95;
  return /[A-ZΩ\d]/.test(letter) ? 0.69 : 0.61;
}

export function touches({ from, to }: Segment, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Whether they share more than their rims. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function segmentBox({ net, from, to }: Segment, reach: number): Rectangle {
  return {
    name: `${net} from ${from.join()} to ${to.join()}`,
    left: Math.min(from[0], to[0]) - reach,
    right: Math.max(from[0], to[0]) + reach,
    top: Math.min(from[1], to[1]) - reach,
    bottom: Math.max(from[1], to[1]) + reach,
  };
}
