// application/x-www-form-urlencoded as SDKs write it, for queries and bodies: UTF-8, plus or %20 for a space.

export interface FormLimits {
  readonly maxPairs: number;
  readonly maxNameLength: number;
}

/** malformed: a piece without "=", a broken escape, bytes that are not UTF-8. too-much: more than the limits allow. */
export type FormFlaw = 'malformed' | 'too-much';

/** Values by name, of a repeated name the last one; or the first flaw. */
export function parseForm(text: string, limits: FormLimits): Map<string, string> | FormFlaw {
  const values = new Map<string, string>();
  let pairs = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end > start) {
      pairs += 1;
      const piece = text.slice(start, end);
      const equals = piece.indexOf('=');
      if (pairs > limits.maxPairs) return 'too-much';
      if (equals === -1) return 'malformed';
      const name = decodePiece(piece.slice(0, equals));
      const value = decodePiece(piece.slice(equals + 1));
      if (name === undefined || value === undefined) return 'malformed';
      if (name.length > limits.maxNameLength) return 'too-much';
      values.set(name, value);
    }
    start = end + 1;
  }
  return values;
}

function decodePiece(piece: string): string | undefined {
  const spaced = piece.includes('+') ? piece.replaceAll('+', ' ') : piece;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

export function encodeForm(values: Iterable<readonly [string, string]>): string {
  return [...values].map(([name, value]) => `${encodePiece(name)}=${encodePiece(value)}`).join('&');
}

/** encodeURIComponent leaves !'()* alone; RFC 3986 and shells are happier without them. */
function encodePiece(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
