const REPLACEMENT = '\uFFFD';

/**
 * What the bytes say as JSON, or `undefined` where they are none. Text that another reader could understand otherwise is
 * refused: an object that names a member twice, and bytes that are no UTF-8.
 */
export function parseStrictJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  // What is no UTF-8 comes out as this character, and nobody has any other use for it.
  if (text.includes(REPLACEMENT)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return namesTwice(text) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether an object in the valid JSON `text` names one of its members twice. */
function namesTwice(text: string): boolean {
  const open: Set<string>[] = [];
  let latest = '';
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charAt(index)) {
      case '{':
      case '[':
        open.push(new Set());
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case '"': {
        const end = endOfString(text, index);
        latest = text.slice(index, end + 1);
        index = end;
        break;
      }
      // Outside strings a colon follows a name, and nothing else.
      case ':': {
        const name = latest.includes('\\') ? JSON.stringify(JSON.parse(latest)) : latest;
        const names = open.at(-1);
        if (names?.has(name) === true) return true;
        names?.add(name);
        break;
      }
    }
  }
  return false;
}

/** Where the string ends that begins here: at the first quotation mark that is not escaped. */
function endOfString(text: string, begin: number): number {
  let end = begin + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}
