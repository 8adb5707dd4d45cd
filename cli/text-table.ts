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
      return fixed + wrap(row[columns] ?? '', widthMax - indent.length).join(`\n${indent}`);
    })
    .join('\n');
}

/** Lines of whole words; a word longer than the width gets a line of its own. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
