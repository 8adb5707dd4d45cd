import { wrappedLines } from '../hal/wrapped-lines.js';

/** Terminal columns; a printed page and half a screen hold as many (chosen). */
const widthMax = 100;

const gap = '  ';

/** Aligned columns, the last one wrapped to the width. The first row is the head, unless `head` is undefined. */
export function textTable(head: readonly string[] | undefined, rows: readonly (readonly string[])[]): string {
  const allRows = head === undefined ? rows : [head.map((title) => title.toUpperCase()), ...rows];
  const columns = Math.max(...allRows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...allRows.map((row) => row[column]?.length ?? 0)),
  );
  const indent = widths.map((width) => ' '.repeat(width) + gap).join('');
  return allRows
    .map((row) => {
      const fixed = widths.map((width, column) => (row[column] ?? '').padEnd(width) + gap).join('');
      return fixed + wrappedLines(row[columns] ?? '', widthMax - indent.length).join(`\n${indent}`);
    })
    .join('\n');
}
