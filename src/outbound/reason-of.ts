// What may be said of an error: its code. Texts of errors name hosts and addresses.

const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

export function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && CODE.test(code) ? code : 'unknown';
}
