/** What a file system's error means to a person: what is wrong, and the mend, a clause each. */
export interface FileTrouble {
  readonly what: string;
  readonly mend: string;
  /** Wherever on that disk the file is. */
  readonly isOfDisk: boolean;
}

/** Any error; one that the file system does not know speaks for itself. */
export function troubleOf(error: unknown): FileTrouble {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const isOfDisk = code !== '';
  return (
    TROUBLES[code] ?? { what: isOfDisk ? `the disk fails (${code})` : message, mend: 'look after the disk', isOfDisk }
  );
}

const FULL: FileTrouble = { what: 'the disk is full', mend: 'make room on it', isOfDisk: true };
const FORBIDDEN: FileTrouble = {
  what: 'no permission',
  mend: 'give it to the user that runs the lock',
  isOfDisk: false,
};

const TROUBLES: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: {
    what: 'the file system is read-only',
    mend: 'look after the disk, for a failing one is often mounted so, and mount it for writing',
    isOfDisk: true,
  },
  ENOENT: { what: 'it is gone, or its folder is', mend: 'put it back, and start the lock anew', isOfDisk: false },
  ENOTDIR: { what: 'a part of the path is no folder', mend: 'name another path', isOfDisk: false },
  EISDIR: { what: 'a folder is in its place', mend: 'take that away', isOfDisk: false },
};
