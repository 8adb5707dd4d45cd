import type { Document, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';

/** From a text to a tree whose every node knows its place, within limits that keep a hostile text harmless. */

/** Characters, a hundred times the longest story (chosen): a faulty megabyte can cost the parser many seconds. */
const textLengthMax = 262_144;

/** Open brackets (chosen; ours need 6). The parser recurses, and ten thousand levels would exhaust its stack. */
const nestingMax = 50;

/** Columns before a line's first word (chosen): each space, dash or question mark there can open a level. */
const indentMax = 200;

export type Format = 'json' | 'yaml';

/** Where in the value: keys and indices from the root. */
export type DocumentPath = readonly (string | number)[];

/** Something wrong with the text, at an offset in characters. */
export interface TextFault {
  readonly offset: number;
  readonly message: string;
}

/** Where the parser's own words are for programmers. */
const plainMessages: ReadonlyMap<string, string> = new Map([
  ['MULTIPLE_DOCS', 'a second document begins here; give it a file of its own'],
  ['NON_STRING_KEY', 'a key must be a plain word'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a colon too many in this line; put the text after the first in quotes'],
]);

/** The tree, or all that keeps the text from being one. */
export function readTree(text: string, format: Format): { tree: Document } | { faults: readonly TextFault[] } {
  const limitFault = findLimitFault(text);
  if (limitFault !== undefined) return { faults: [limitFault] };
  const jsonFault = format === 'json' ? findJsonFault(text) : undefined;
  if (jsonFault !== undefined) return { faults: [jsonFault] };

  // Keys are compared in findTreeFaults: the parser's own way takes half a minute for a megabyte of them.
  const tree = parseDocument(text, { prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const syntaxFaults = tree.errors.map(({ pos, code, message }) => ({
    offset: pos[0],
    message: plainMessages.get(code) ?? message,
  }));
  const faults = syntaxFaults.length > 0 ? syntaxFaults : findTreeFaults(tree);
  return faults.length > 0 ? { faults } : { tree };
}

function findLimitFault(text: string): TextFault | undefined {
  if (text.length > textLengthMax) {
    return { offset: 0, message: `the file is longer than ${textLengthMax} characters; split it` };
  }
  if (text.replaceAll(/^[ \t]*#.*$/gm, '').trim() === '') {
    return { offset: 0, message: 'the file is empty; start from an example' };
  }
  const deepIndent = new RegExp(`^[ \\t?:-]{${indentMax}}`, 'm').exec(text);
  if (deepIndent !== null) {
    return { offset: deepIndent.index, message: `indented deeper than ${indentMax} columns; flatten it` };
  }
  let nesting = 0;
  for (const { index, 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    nesting += '[{'.includes(bracket) ? 1 : -1;
    if (nesting > nestingMax) return { offset: index, message: `more than ${nestingMax} open brackets; flatten it` };
  }
  return undefined;
}

/** Where and why the text is not JSON, though it may be YAML. */
function findJsonFault(text: string): TextFault | undefined {
  const error = jsonError(text);
  if (error === undefined) return undefined;
  const reason = error.replace(/(, \S*"| (in|after) JSON at position ).*$/s, '');
  const mend = 'look for a comma, quote or bracket that is missing or too many';
  return { offset: jsonFaultOffset(text), message: `not JSON: ${reason}; ${mend}` };
}

/** The engine does not always say where, but a text that is JSON up to its end fails at its end. */
function jsonFaultOffset(text: string): number {
  let soundLength = 0;
  let faultyLength = text.length + 1;
  while (faultyLength - soundLength > 1) {
    const length = Math.floor((soundLength + faultyLength) / 2);
    if (isStartOfJson(text.slice(0, length))) soundLength = length;
    else faultyLength = length;
  }
  return soundLength;
}

function isStartOfJson(text: string): boolean {
  const error = jsonError(text);
  return error === undefined || error.includes('end of JSON input') || error.includes(`at position ${text.length}`);
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What YAML allows and these documents do not: anything that makes a text mean something else than it says. */
function findTreeFaults(tree: Document): TextFault[] {
  const faults: TextFault[] = [];
  visit(tree, (_, node) => {
    if (isAlias(node)) {
      faults.push({ offset: startOf(node), message: `the alias *${node.source} is not allowed; repeat the value` });
    } else if (isNode(node)) {
      const { anchor, tag } = node;
      const offset = startOf(node);
      if (anchor !== undefined) faults.push({ offset, message: `the anchor &${anchor} is not allowed; remove it` });
      if (tag !== undefined) faults.push({ offset, message: `the tag ${tag} is not allowed; remove it` });
    }
    if (isMap(node)) faults.push(...findDuplicateKeys(node));
  });
  return faults;
}

function findDuplicateKeys(map: YAMLMap): TextFault[] {
  const seen = new Set<string>();
  const faults: TextFault[] = [];
  for (const { key } of map.items) {
    const name = keyText(key);
    if (seen.has(name)) faults.push({ offset: startOf(key), message: `the key "${name}" is given twice; remove one` });
    seen.add(name);
  }
  return faults;
}

/** The offset of the value at the path or, with `ofKey`, of its key; of the nearest thing around it if it is absent. */
export function offsetOf(tree: Document, path: DocumentPath, ofKey: boolean): number {
  let node: unknown = tree.contents;
  let offset = startOf(node);
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => keyText(key) === String(step));
      if (pair === undefined) return offset;
      const isKeyWanted = ofKey && depth === path.length - 1;
      offset = startOf(isKeyWanted || !isNode(pair.value) ? pair.key : pair.value);
      node = pair.value;
    } else if (isSeq(node) && isNode(node.items[Number(step)])) {
      node = node.items[Number(step)];
      offset = startOf(node);
    } else return offset;
  }
  return offset;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Parsed nodes have a range, though made ones would not. */
function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Turns offsets into lines and columns. */
export function lineCounterOf(text: string): LineCounter {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) counter.addNewLine(index + 1);
  return counter;
}
