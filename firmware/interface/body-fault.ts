import * as v from 'valibot';

/** Longer expectations, such as every name there is, make no clear sentence. Chosen. */
const EXPECTED_CHARS_MAX = 160;

/**
 * What is wrong with what was sent, without any of it: it may be a secret in the wrong place. Not even the names of
 * unknown keys are repeated.
 */
export function bodyFault(issue: v.BaseIssue<unknown>): string {
  const isUnknownKey = issue.type === 'strict_object' && issue.expected === 'never';
  const place = isUnknownKey ? parentPath(issue) : v.getDotPath(issue);
  const at = place === null ? '' : `${place}: `;
  if (isUnknownKey) return `${at}it has a key that is not known here`;
  if (issue.type === 'strict_object' && issue.input === undefined) return `${at}it is missing`;
  const { expected } = issue;
  return expected === null || expected.length > EXPECTED_CHARS_MAX
    ? `${at}it is not as the description asks`
    : `${at}expected ${expected}`;
}

function parentPath({ path }: v.BaseIssue<unknown>): string | null {
  const keys = path?.slice(0, -1).map(({ key }) => String(key)) ?? [];
  return keys.length === 0 ? null : keys.join('.');
}
