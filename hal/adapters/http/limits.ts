/** What clients can ask of one listener. */
export interface Limits {
  readonly connections: number;
  /** On the network, by address; the Unix socket is one peer. */
  readonly connectionsPerPeer: number;
  /** A policy of some hundred rules takes half of it. */
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly headers: number;
  /** From the first byte, or from connecting, to the end of the headers; also for a TLS handshake. */
  readonly headersMs: number;
  /** The same to the end of the body; no less than `headersMs`. */
  readonly requestMs: number;
  /** Between two requests of one connection. */
  readonly keepAliveMs: number;
  /** With nothing read or written while an answer is due. */
  readonly silenceMs: number;
  /** Requests with the handler at a time. */
  readonly inFlight: number;
  readonly eventStreams: number;
  /** Waiting for one reader of an event stream, beyond what the system's buffers hold. */
  readonly eventBytes: number;
  /** Requests and connections: on average, and at once. */
  readonly perPeer: Rate;
  readonly overall: Rate;
}

export interface Rate {
  readonly perS: number;
  readonly burst: number;
}

/** All chosen: several times what a household and its visitors need, and nothing that a small computer would feel. */
export const LIMITS: Limits = {
  connections: 32,
  connectionsPerPeer: 8,
  bodyBytes: 64 * 1024,
  headerBytes: 8 * 1024,
  headers: 64,
  headersMs: 5_000,
  requestMs: 10_000,
  keepAliveMs: 10_000,
  silenceMs: 15_000,
  inFlight: 16,
  eventStreams: 8,
  eventBytes: 64 * 1024,
  perPeer: { perS: 20, burst: 40 },
  overall: { perS: 100, burst: 200 },
};

/** On the Unix socket the only peer is the owner's own account: one limit for all is enough. */
export const SOCKET_LIMITS: Limits = { ...LIMITS, connectionsPerPeer: LIMITS.connections, perPeer: LIMITS.overall };
