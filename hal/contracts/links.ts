/**
 * A link that is up or down: to the network, or from the host to the board that drives the bolt. An error while asking
 * counts as down, never as up.
 */
export interface Link {
  /**
   * Reports the present state once, soon after the call, and then every change that lasts, within 600 ms (what the
   * properties of the lock grant where a link is dead).
   */
  watch(listener: (up: boolean) => void): void;
}
