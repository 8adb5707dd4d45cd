/**
 * The two end switches of the bolt, debounced. They can stick: both at once is a contradiction that the caller must
 * expect.
 */
export interface BoltSwitches {
  /**
   * Reports the present reading once, soon after the call and again after each return of the link to the board, and
   * then every change.
   */
  watch(listener: (extended: boolean, retracted: boolean) => void): void;
}
