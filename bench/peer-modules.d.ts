/** What the benchmark uses of two packages that bring no types. */
declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  class Board extends EventEmitter {
    constructor(options: { io: unknown; repl: boolean; debug: boolean; sigint: boolean });
  }
  class Switch extends EventEmitter {
    constructor(options: { board: Board; pin: number; type: 'NC' | 'NO' });
  }
  class Motor extends EventEmitter {
    constructor(options: { board: Board; pins: [number, number]; current: { pin: string } });
    readonly current: EventEmitter;
    forward(speed: number): this;
    reverse(speed: number): this;
    stop(): this;
  }
  class Relay {
    constructor(options: { board: Board; pin: number });
    open(): this;
    close(): this;
  }
  const five: {
    readonly Board: typeof Board;
    readonly Switch: typeof Switch;
    readonly Motor: typeof Motor;
    readonly Relay: typeof Relay;
  };
  export default five;
}

declare module 'mock-firmata' {
  import type { EventEmitter } from 'node:events';

  class Firmata extends EventEmitter {
    digitalWrite(pin: number, value: number): void;
    analogWrite(pin: number, value: number): void;
    digitalRead(pin: number, read: (value: number) => void): void;
    analogRead(channel: number, read: (value: number) => void): void;
  }
  const mocks: { readonly Firmata: typeof Firmata };
  export default mocks;
}
