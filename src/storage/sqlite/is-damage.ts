// Does SQLite say that a file's content is broken, rather than that it is busy or may not be opened?

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** Extended codes keep the primary one in the lowest byte. */
const PRIMARY = 0xff;

export function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error && 'errcode' in error)) return false;
  const primary = Number(error.errcode) & PRIMARY;
  return primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB;
}
