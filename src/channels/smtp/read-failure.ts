// What the mail library throws, reduced to codes: servers repeat addresses and texts in their replies.

export interface SmtpFailure {
  /** Of the library or the system, such as 'ECONNREFUSED'. */
  readonly code: string;
  /** Of the server's final refusal (RFC 5321 section 4.2.1): 400 to 599. */
  readonly replyCode: number | undefined;
  /** Class, subject and detail of the refusal (RFC 3463), such as '5.1.1'. */
  readonly statusCode: string | undefined;
  /** Another attempt would meet the same. */
  readonly isPermanent: boolean;
}

const PERMANENT = new Set(['EAUTH', 'EENVELOPE', 'EMESSAGE', 'ETLS', 'EOAUTH2', 'ENOAUTH', 'ECONFIG']);
const CODE = /^E[A-Z0-9_]{1,38}$/;
const STATUS_CODE = /^\d{3}[ -]([45]\.\d{1,3}\.\d{1,3})(?=\s|$)/;

export function readFailure(error: unknown): SmtpFailure {
  const { code, originalCode, responseCode, response } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const isRefusal = typeof responseCode === 'number' && responseCode >= 400 && responseCode < 600;
  const kind = nameCode(code) ?? 'unknown';
  return {
    code: nameCode(originalCode) ?? kind,
    replyCode: isRefusal ? responseCode : undefined,
    statusCode: isRefusal ? STATUS_CODE.exec(String(response))?.[1] : undefined,
    isPermanent: isRefusal ? responseCode >= 500 : PERMANENT.has(kind),
  };
}

function nameCode(code: unknown): string | undefined {
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}
