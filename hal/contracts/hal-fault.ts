/** The parts of the hardware that can refuse an order or fail. */
export type HalPart = 'boltMotor' | 'cameraPower' | 'recorder' | 'indicators' | 'store' | 'notices';

/**
 * Why a part refused or failed. One shape serves every contract: the firmware reacts to the part, a person reads the
 * detail.
 */
export interface HalFault {
  readonly part: HalPart;
  /** One clause for a person, for example "the host-board link is down". */
  readonly detail: string;
}

/**
 * The answer to an order. `null` means the order was accepted, never that anything moved: only a sensor tells that. A
 * fault means that nothing was done.
 */
export type OrderAnswer = HalFault | null;
