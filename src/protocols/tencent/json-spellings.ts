// One JSON text in the ways in which writers write it, changed as text, so that a body that was written again is named by what
// differs and by nothing else.

/** With \u escapes for all that is not ASCII, as Python and PHP write it. */
export const escaped = (text: string) =>
  text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Without such escapes. */
export const unescaped = (text: string) =>
  text.replaceAll(/\\(?:u([0-9a-f]{4})|[\s\S])/gi, (piece, hex: string | undefined) => {
    const unit = hex === undefined ? 0 : Number.parseInt(hex, 16);
    return unit > 0x7f ? String.fromCharCode(unit) : piece;
  });

/** Without spaces between its pieces. */
export const compact = (text: string) =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (piece) => (piece.startsWith('"') ? piece : ''));

/** As Python writes it: a space behind each comma and colon that stands outside a text. */
export const spaced = (text: string) =>
  compact(text).replaceAll(/"(?:[^"\\]|\\.)*"|[,:]/g, (piece) => (piece.length === 1 ? `${piece} ` : piece));

/** As JavaScript writes it again. */
export const reserialised = (text: string, indent?: number) =>
  JSON.stringify(JSON.parse(text) as unknown, undefined, indent);
