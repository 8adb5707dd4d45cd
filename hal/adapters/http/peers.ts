import type { Limits } from './limits.js';
import { TokenBucket } from './token-bucket.js';

/** Buckets kept at most; beyond, those of peers who have been quiet are forgotten, and then strangers wait. Chosen. */
const PEERS_MAX = 1_024;

interface Peer {
  readonly bucket: TokenBucket;
  connections: number;
}

/**
 * Who asks how much. A peer is an address. The packages for this count in windows of fixed length, keep timers, or stand
 * behind the parser of the requests that they refuse; this has to judge connections, too, before a byte is read.
 */
export class Peers {
  private readonly limits: Limits;
  private readonly overall: TokenBucket;
  private readonly peers = new Map<string, Peer>();

  constructor(limits: Limits, nowMs: number) {
    this.limits = limits;
    this.overall = new TokenBucket(limits.overall, nowMs);
  }

  /** Whether the peer may connect once more; if so, `left` must follow. */
  connected(address: string, nowMs: number): boolean {
    const peer = this.peer(address, nowMs);
    if (peer === null || peer.connections >= this.limits.connectionsPerPeer) return false;
    if (!this.takeFrom(peer, nowMs)) return false;
    peer.connections += 1;
    return true;
  }

  left(address: string): void {
    const peer = this.peers.get(address);
    if (peer !== undefined) peer.connections -= 1;
  }

  /** Whether the peer may ask once more. */
  asked(address: string, nowMs: number): boolean {
    const peer = this.peer(address, nowMs);
    return peer !== null && this.takeFrom(peer, nowMs);
  }

  /** A peer that is over its own limit takes nothing from the others. */
  private takeFrom(peer: Peer, nowMs: number): boolean {
    return peer.bucket.take(nowMs) && this.overall.take(nowMs);
  }

  private peer(address: string, nowMs: number): Peer | null {
    const known = this.peers.get(address);
    if (known !== undefined) return known;
    if (this.peers.size >= PEERS_MAX) this.forgetQuiet(nowMs);
    if (this.peers.size >= PEERS_MAX) return null;
    const peer = { bucket: new TokenBucket(this.limits.perPeer, nowMs), connections: 0 };
    this.peers.set(address, peer);
    return peer;
  }

  private forgetQuiet(nowMs: number): void {
    for (const [address, { bucket, connections }] of this.peers) {
      if (connections === 0 && bucket.isFull(nowMs)) this.peers.delete(address);
    }
  }
}
