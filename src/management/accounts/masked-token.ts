// A credential's token in lists: enough to tell one's own credentials apart, too little to call with.

const MASK = '********';

/** `ending` is unknown of credentials that were made before endings were kept. */
export function maskToken(ending: string | undefined): string {
  return MASK + (ending ?? '');
}
