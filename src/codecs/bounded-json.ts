// JSON objects out of bytes that strangers sent: valid UTF-8, no deeper than a limit, and no name twice in one object, so
// that no reader takes it for anything else. The size is for the caller to limit.

import { isUtf8 } from 'node:buffer';

type Struct = Readonly<Record<string, unknown>>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const SPACE = 0x20;

/** undefined where the bytes are not exactly one such object. */
export function parseBoundedJson(bytes: Buffer, depthMax: number): Struct | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isStruct = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isStruct && isPlain(text, depthMax) ? (value as Struct) : undefined;
}

/** Walks through text that is known to be JSON. */
function isPlain(text: string, depthMax: number): boolean {
  /** The names so far of each open object; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        if (open.length === depthMax) return false;
        open.push(text.charCodeAt(at) === OPEN_OBJECT ? new Set() : undefined);
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        open.pop();
        break;
      case QUOTE: {
        const end = endOfText(text, at);
        const names = open.at(-1);
        if (names !== undefined && isName(text, end)) {
          const name = readName(text, at, end);
          if (names.has(name)) return false;
          names.add(name);
        }
        at = end;
        break;
      }
      default:
    }
  }
  return true;
}

/** Where the closing quote is. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

/** In JSON only names are followed by a colon. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return text.charCodeAt(at) === COLON;
}

function readName(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end);
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
}
