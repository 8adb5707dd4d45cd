/** What can be in the way of a tool. */
export type ProblemKind =
  | 'nodeTooOld'
  | 'boardsUnfit'
  | 'avrdudeMissing'
  | 'imageUnfit'
  | 'portMissing'
  | 'portNotSerial'
  | 'portForbidden'
  | 'portBusy'
  | 'wrongChip'
  | 'noAnswer'
  | 'verifyMismatch'
  | 'avrdudeFailed'
  | 'timeOut'
  | 'interrupted';

/** For the user: whole sentences. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly what: string;
  readonly mend: string;
}
