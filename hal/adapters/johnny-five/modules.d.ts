/** What the adapter uses of two packages that bring no types. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  interface Transport extends EventEmitter {
    write(bytes: Uint8Array, written: () => void): void;
  }
  class Firmata extends EventEmitter {
    constructor(transport: Transport);
    readonly MODES: {
      readonly INPUT: number;
      readonly OUTPUT: number;
      readonly ANALOG: number;
      readonly PULLUP: number;
    };
    reportAnalogPin(channel: number, on: 0 | 1): void;
    reportDigitalPin(pin: number, on: 0 | 1): void;
  }
  const firmataIo: { readonly Firmata: typeof Firmata };
  export default firmataIo;
}

declare module 'johnny-five/lib/board.js' {
  import type { EventEmitter } from 'node:events';
  import type firmataIo from 'firmata-io';

  export default class Board extends EventEmitter {
    static readonly cache: Board[];
    constructor(options: {
      io: InstanceType<typeof firmataIo.Firmata>;
      repl: boolean;
      sigint: boolean;
      debug: boolean;
    });
    readonly isReady: boolean;
    readonly timer: NodeJS.Timeout | null;
    pinMode(pin: number, mode: number): this;
    digitalWrite(pin: number, value: 0 | 1): this;
    samplingInterval(durationMs: number): this;
  }
}
