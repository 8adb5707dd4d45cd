import type { Document, LineCounter } from 'yaml';
import * as v from 'valibot';
import { describeIssue, isAboutParent, isUnknownKey } from './issue-message.js';
import type { DocumentPath, Format } from './document-tree.js';
import { lineCounterOf, offsetOf, readTree } from './document-tree.js';

/**
 * A text in JSON or YAML, parsed and validated in one go. Whatever is wrong with it becomes one error that names each
 * place by line and column, and says the mend. Pure: reading the file is the caller's.
 */

/** Lines of one error message (chosen: a screen). `DocumentError.problems` is not cut. */
const problemsShownMax = 50;

/** Each round of validation finds one unknown key an object; who has more of them has seen enough (chosen). */
const unknownKeyRoundsMax = 50;

export interface DocumentSource {
  readonly text: string;
  /** As the user knows it; it opens each line of the error. */
  readonly file: string;
  readonly format: Format;
}

export interface DocumentProblem {
  /** From 1, as editors count. */
  readonly line: number;
  /** From 1, as editors count. */
  readonly column: number;
  readonly path: DocumentPath;
  /** What is wrong, and the mend. */
  readonly message: string;
}

/** All problems of one text, by line. Its message is for the user, a line for each problem. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly file: string;
  readonly problems: readonly DocumentProblem[];

  constructor(file: string, problems: readonly DocumentProblem[]) {
    const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    // A list in an object's place is reported once for each key it lacks.
    const byLine = new Map(sorted.map((problem) => [problemLine(file, problem), problem]));
    const lines = [...byLine.keys()].slice(0, problemsShownMax);
    if (byLine.size > lines.length) lines.push(`${file}: and ${byLine.size - lines.length} more`);
    super(lines.join('\n'));
    this.file = file;
    this.problems = [...byLine.values()];
  }
}

function problemLine(file: string, { line, column, path, message }: DocumentProblem): string {
  return `${file}:${line}:${column}: ${path.length === 0 ? '' : `${pathText(path)}: `}${message}`;
}

/** A path as programmers write it: `boards[1].pins.motorEnable`. */
export function pathText(path: DocumentPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** A value, and where each part of it stands in its text. */
export interface LocatedDocument<Value> {
  readonly value: Value;
  /** From 1; of the nearest thing around it where the path leads nowhere. */
  readonly lineOf: (path: DocumentPath) => number;
}

/**
 * The validated value of the text; throws `DocumentError`. Objects in the schema are best made with `closedObject`, and
 * checks between values with `furtherCheck`.
 */
export function parseDocument<const Schema extends v.GenericSchema>(
  source: DocumentSource,
  schema: Schema,
): v.InferOutput<Schema> {
  return parseLocatedDocument(source, schema).value;
}

/** The same, for those who later speak of lines. */
export function parseLocatedDocument<const Schema extends v.GenericSchema>(
  { text, file, format }: DocumentSource,
  schema: Schema,
): LocatedDocument<v.InferOutput<Schema>> {
  const lines = lineCounterOf(text);
  const result = readTree(text, format);
  if ('faults' in result) {
    throw new DocumentError(
      file,
      result.faults.map(({ offset, message }) => ({ ...placeAt(lines, offset), path: [], message })),
    );
  }
  const { tree } = result;
  const validated = validate(schema, tree.toJS({ maxAliasCount: 0 }));
  if ('issues' in validated) {
    throw new DocumentError(
      file,
      validated.issues.map((issue) => problemOf(issue, tree, lines)),
    );
  }
  return {
    value: validated.output,
    lineOf: (path) => placeAt(lines, offsetOf(tree, path, false)).line,
  };
}

/**
 * A check for the end of a `v.pipe`: it sees a value whose shape is right, and what it says of a path below that value
 * is placed like any other problem.
 */
export function furtherCheck<Value>(
  check: (value: Value, problemAt: (path: DocumentPath, message: string) => void) => void,
) {
  return v.rawCheck<Value>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { value } = dataset;
    check(value, (path, message) => addIssue({ message, path: pathItems(value, path) }));
  });
}

type PathItems = [v.IssuePathItem, ...v.IssuePathItem[]];

function pathItems(root: unknown, path: DocumentPath): PathItems | undefined {
  let input = root;
  const items = path.map((key): v.IssuePathItem => {
    const value: unknown = isObject(input) ? Reflect.get(input, key) : undefined;
    const item = { type: 'unknown', origin: 'value', input, key, value } as const;
    input = value;
    return item;
  });
  return items.length > 0 ? (items as PathItems) : undefined;
}

/**
 * Validates until no unknown key is left: a schema reports one an object and stops there, so it is taken out and the
 * rest validated again. Changes `value`.
 */
function validate<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): { output: v.InferOutput<Schema> } | { issues: v.BaseIssue<unknown>[] } {
  const unknownKeys: v.BaseIssue<unknown>[] = [];
  for (let round = 1; ; round += 1) {
    const { success, output, issues = [] } = v.safeParse(schema, value, { message: describeIssue });
    const found = issues.filter(isUnknownKey);
    if (success && unknownKeys.length === 0) return { output };
    if (found.length === 0 || round === unknownKeyRoundsMax) return { issues: [...unknownKeys, ...issues] };
    unknownKeys.push(...found);
    for (const place of found.map(({ path }) => path?.at(-1))) {
      if (isObject(place?.input)) Reflect.deleteProperty(place.input, String(place.key));
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function problemOf(issue: v.BaseIssue<unknown>, tree: Document, lines: LineCounter): DocumentProblem {
  const fullPath = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const path = isAboutParent(issue) ? fullPath.slice(0, -1) : fullPath;
  return { ...placeAt(lines, offsetOf(tree, path, isUnknownKey(issue))), path, message: issue.message };
}

function placeAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
