/**
 * The bytes, or `null` where the text is not the one way to write them. Lenient readers pass over padding, white space
 * and the unused bits of the last character: then many texts would stand for one signature.
 */
export function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
