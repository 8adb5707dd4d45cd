/** The contact between door leaf and frame, debounced. It cannot tell inside from outside. */
export interface DoorContact {
  /**
   * Reports the present reading once, soon after the call and again after each return of the link to the board, and
   * then every change.
   */
  watch(listener: (closed: boolean) => void): void;
}
