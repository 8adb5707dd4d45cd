/** For a shell, in quotes if it would read it otherwise. */
export function shellWord(word: string): string {
  return /^[\w./:\\@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
