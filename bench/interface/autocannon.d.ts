/** The part of autocannon that the tests use. */
declare module 'autocannon' {
  interface Options {
    readonly url: string;
    readonly socketPath?: string;
    readonly connections: number;
    /** In seconds. */
    readonly duration: number;
    readonly method?: 'GET' | 'POST';
    readonly body?: string;
  }

  interface Result {
    readonly requests: { readonly total: number };
    readonly '2xx': number;
    readonly non2xx: number;
    readonly errors: number;
  }

  export default function autocannon(options: Options): PromiseLike<Result>;
}
