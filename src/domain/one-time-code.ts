// One-time codes: how they are drawn and what they are used for.

/** What a code is asked for: codes of two purposes never stand for one another. */
export const PURPOSE_PATTERN = '^[a-z][a-z0-9_-]{0,31}$';
/** Of Tencent's actions, which keep a list of verified contacts. */
export const CONTACT_PURPOSE = 'contact';

const BYTE_VALUES = 256;

/** Every code is equally likely. `bytes` gives cryptographic chance. */
export function drawCode(alphabet: string, length: number, bytes: (count: number) => Uint8Array): string {
  const symbols = [...alphabet];
  // Larger bytes would make some symbols more likely than others.
  const end = BYTE_VALUES - (BYTE_VALUES % symbols.length);
  let code = '';
  while (code.length < length) {
    for (const byte of bytes(length * 2)) {
      if (byte < end && code.length < length) code += symbols[byte % symbols.length];
    }
  }
  return code;
}

/** People copy codes with spaces around them and in small letters. */
export function normaliseCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
}
