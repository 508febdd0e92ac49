// A client's name for one question, in every protocol: 1 to 255 visible ASCII characters.

export const IDEMPOTENCY_KEY_PATTERN = '^[\\x21-\\x7e]{1,255}$';

const PATTERN = new RegExp(IDEMPOTENCY_KEY_PATTERN);

export function isIdempotencyKey(text: string): boolean {
  return PATTERN.test(text);
}
