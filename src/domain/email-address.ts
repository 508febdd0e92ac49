// E-mail addresses (RFC 5321, RFC 6531) in the narrow form that people have: no quoted local part, no comment, no address
// literal, nothing that could break out of a mail header. International names are kept as they were given.

export interface EmailAddress {
  /** As given: where mail goes. */
  readonly text: string;
  /** Equal for two spellings of one mailbox: letters folded, the domain in its ASCII form. */
  readonly key: string;
}

export const EMAIL_MAX_LENGTH = 254;
const LOCAL_MAX_BYTES = 64;
const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** With the accents that are written after it. */
const FIRST_LETTER = /^.\p{M}*/su;

/** undefined when the text is not one address of that form. */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  const bytes = new TextEncoder();
  if (text.length > EMAIL_MAX_LENGTH || bytes.encode(text).length > EMAIL_MAX_LENGTH) return undefined;
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 1 || !isLocalPart(local) || !isDomain(domain)) return undefined;
  if (bytes.encode(local).length > LOCAL_MAX_BYTES) return undefined;
  const ascii = asciiDomain(domain);
  if (ascii === undefined || !ASCII_DOMAIN.test(ascii)) return undefined;
  return { text, key: `${local.normalize('NFC').toLowerCase()}@${ascii}` };
}

/**
 * Letters and digits of any script, and what RFC 5321 allows in an atom; dots only between atoms. In a function, as the next: so
 * large an expression is made when it is first needed.
 */
function isLocalPart(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(text);
}

function isDomain(text: string): boolean {
  return /^(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u.test(
    text,
  );
}

/** By the rules for host names in URLs (UTS 46), so that two spellings of one domain are one. */
function asciiDomain(domain: string): string | undefined {
  const url = URL.parse(`http://${domain}/`);
  return url === null ? undefined : url.hostname;
}

/** For lists: 'a***@example.org'. Of a name of one letter nothing is shown: it would be the whole. */
export function maskEmail(text: string): string {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const [first = ''] = FIRST_LETTER.exec(local) ?? [];
  return `${first === local ? '' : first}***${text.slice(at)}`;
}
