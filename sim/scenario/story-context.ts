import type { DocumentPath } from '../../hal/document-tree.js';

/** What reading a story needs besides the document. */
export interface StoryContext {
  readonly file: string;
  /** The ids of boards.json. */
  readonly boards: readonly string[];
  readonly problemAt: (path: DocumentPath, message: string) => void;
  readonly lineOf: (path: DocumentPath) => number;
}
