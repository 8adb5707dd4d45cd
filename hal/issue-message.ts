import * as v from 'valibot';
import { nearestName } from './nearest-name.js';

/** Says what a validation issue means to the one who wrote the document, and the mend. */

/** Characters of a faulty value that a message repeats (chosen). */
const shownLengthMax = 40;

/**
 * An object with these keys and no others. Use it instead of `v.strictObject`: it knows the keys, and so the one that a
 * mistyped key was meant to be.
 */
export function closedObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, (issue) =>
    isUnknownKey(issue) && !isGivenList(issue)
      ? unknownKeyMessage(String(issue.input), Object.keys(entries))
      : describeIssue(issue),
  );
}

/** Whether the issue is a key that its object does not know. Validation reports one of them an object. */
export function isUnknownKey(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

/**
 * Whether the issue's path ends with a key that is not there, so that only the object around it has a place. That
 * object may be a list: to validation a list is an object without the wanted keys.
 */
export function isAboutParent(issue: v.BaseIssue<unknown>): boolean {
  return isGivenList(issue) || isMissingKey(issue);
}

function isMissingKey({ type, path, input }: v.BaseIssue<unknown>): boolean {
  if (path === undefined || input !== undefined) return false;
  return path.at(-1)?.origin === 'key' || type === 'variant';
}

function isGivenList({ type, path }: v.BaseIssue<unknown>): boolean {
  const last = path?.at(-1);
  return (type === 'strict_object' || type === 'variant') && last?.type === 'object' && Array.isArray(last.input);
}

function unknownKeyMessage(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined
    ? `unknown key; the keys here are ${known.join(', ')}`
    : `unknown key; did you mean "${nearest}"?`;
}

/** The message for an issue whose schema brings none of its own. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (isGivenList(issue)) return 'must be an object, not a list';
  if (isMissingKey(issue)) return missingKeyMessage(issue);
  const shown = showValue(issue.input);
  switch (issue.type) {
    case 'number':
    case 'string':
    case 'boolean':
      return `must be a ${issue.type}, not ${shown}`;
    case 'integer':
      return `must be a whole number, not ${shown}`;
    case 'array':
      return `must be a list, not ${shown}`;
    case 'literal':
    case 'picklist':
      return choiceMessage(issue, shown);
    case 'variant':
      return issue.path === undefined ? `must be an object, not ${shown}` : choiceMessage(issue, shown);
    case 'strict_object':
    case 'record':
      return `must be an object, not ${shown}`;
    case 'min_value':
      return `must be at least ${String(issue.requirement)}, not ${shown}`;
    case 'max_value':
      return `must be at most ${String(issue.requirement)}, not ${shown}`;
    case 'non_empty':
      return 'must not be empty';
    case 'min_length':
      return `must have ${String(issue.requirement)} or more ${lengthUnit(issue)}`;
    case 'max_length':
      return `must have ${String(issue.requirement)} or fewer ${lengthUnit(issue)}`;
    case 'union':
      return `must be ${issue.expected ?? 'something else'}, not ${shown}`;
    default:
      return issue.message;
  }
}

function missingKeyMessage(issue: v.BaseIssue<unknown>): string {
  const key = String(issue.path?.at(-1)?.key);
  const mend = issue.type === 'variant' ? `add it with one of ${choicesOf(issue).join(', ')}` : 'add it';
  return `the key "${key}" is missing; ${mend}`;
}

function choiceMessage(issue: v.BaseIssue<unknown>, shown: string): string {
  const choices = choicesOf(issue);
  const nearest = typeof issue.input === 'string' ? nearestName(issue.input, choices) : undefined;
  const mend = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}, not ${shown}${mend}`;
}

/** `expected` is `"a"` or `("a" | "b")`. */
function choicesOf({ expected }: v.BaseIssue<unknown>): string[] {
  const choices = expected?.match(/"[^"]*"|[^\s|()]+/g) ?? [];
  return [...new Set(choices.map((choice) => choice.replaceAll('"', '')))];
}

function lengthUnit({ input }: v.BaseIssue<unknown>): string {
  return typeof input === 'string' ? 'characters' : 'entries';
}

function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
}
