/** A small reader of value change dumps, for the tests: it refuses what GTKWave would not understand. */

export interface VcdSignal {
  readonly type: string;
  /** In order; the first is the value at 0. Times in microseconds. */
  readonly changes: (readonly [number, string])[];
}

export interface Vcd {
  readonly timescale: string;
  /** By `scope.name`. */
  readonly signals: ReadonlyMap<string, VcdSignal>;
  readonly endUs: number;
}

export function readVcd(text: string): Vcd {
  const [head = '', body = ''] = text.split('$enddefinitions $end\n');
  const { timescale, signals, byCode } = readHead(head);
  let nowUs = -1;
  for (const line of body.trimEnd().split('\n')) {
    if (line === '$dumpvars' || line === '$end') continue;
    const time = /^#(\d+)$/.exec(line)?.[1];
    if (time !== undefined) {
      if (Number(time) <= nowUs) throw new Error(`time stands still at ${line}`);
      nowUs = Number(time);
      continue;
    }
    const [, bit, real, word, code = ''] = /^(?:([01x])|r(-?\d+(?:\.\d+)?) |s([!-~]+) )([!-~]+)$/.exec(line) ?? [];
    const signal = byCode.get(code);
    if (signal === undefined) throw new Error(`no such line: ${line}`);
    const value = { wire: bit, real, string: word }[signal.type];
    if (value === undefined) throw new Error(`not a ${signal.type}: ${line}`);
    signal.changes.push([nowUs, value]);
  }
  return { timescale, signals, endUs: nowUs };
}

function readHead(head: string): {
  timescale: string;
  signals: Map<string, VcdSignal>;
  byCode: Map<string, VcdSignal>;
} {
  const signals = new Map<string, VcdSignal>();
  const byCode = new Map<string, VcdSignal>();
  let timescale = '';
  let scope = '';
  for (const [, keyword = '', content = ''] of head.matchAll(/\$(\w+) ((?:[^$]*? )?)\$end\n/g)) {
    const words = content.trim().split(' ');
    if (keyword === 'timescale') timescale = content.trim();
    else if (keyword === 'scope') scope = words[1] ?? '';
    else if (keyword === 'var') {
      const [type = '', , code = '', name = ''] = words;
      if (byCode.has(code)) throw new Error(`the code ${code} is used twice`);
      const signal: VcdSignal = { type, changes: [] };
      signals.set(`${scope}.${name}`, signal);
      byCode.set(code, signal);
    }
  }
  return { timescale, signals, byCode };
}
