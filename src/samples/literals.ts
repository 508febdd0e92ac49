// Texts and values as literals of each language: whatever a text holds, the literal stands for exactly that text, on one
// line, in visible characters. Letters and digits of every script are shown as they are, except in Java, whose compiler may
// read another encoding.

import type { JsonValue } from './call.ts';
import { jsonText, wellFormed } from './json-text.ts';

interface Quoting {
  /** Characters that stand behind a backslash. */
  readonly escaped: string;
  readonly shown: RegExp;
  /** How any other character is written. */
  readonly code: (codePoint: number) => string;
}

const LETTERS = /[\x20-\x7e\p{L}\p{N}\p{M}]/u;
const ASCII = /[\x20-\x7e]/;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const hex = (codePoint: number, digits: number) => codePoint.toString(16).padStart(digits, '0');
const fourOrEight = (codePoint: number) =>
  codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`;
const inBraces = (codePoint: number) => `\\u{${hex(codePoint, 1)}}`;
const inUnits = (codePoint: number) =>
  String.fromCodePoint(codePoint)
    .split('')
    .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
    .join('');

const QUOTING = {
  javascript: { escaped: '"\\', shown: LETTERS, code: inBraces },
  python: { escaped: '"\\', shown: LETTERS, code: fourOrEight },
  go: { escaped: '"\\', shown: LETTERS, code: fourOrEight },
  java: { escaped: '"\\', shown: ASCII, code: inUnits },
  php: { escaped: '"\\$', shown: LETTERS, code: inBraces },
  csharp: { escaped: '"\\', shown: LETTERS, code: fourOrEight },
  ruby: { escaped: '"\\#', shown: LETTERS, code: inBraces },
} as const satisfies Record<string, Quoting>;

export type QuotedLanguage = keyof typeof QUOTING;

/** In double quotes. */
export function quoteText(language: QuotedLanguage, text: string): string {
  const { escaped, shown, code }: Quoting = QUOTING[language];
  let quoted = '';
  for (const character of text.toWellFormed()) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (escaped.includes(character)) quoted += `\\${character}`;
    // No '</script>' may come of it, wherever the sample is shown.
    else if (character === '<') quoted += code(codePoint);
    else quoted += SHORT[character] ?? (shown.test(character) ? character : code(codePoint));
  }
  return `"${quoted}"`;
}

/** For sh and bash; a NUL, which no argument can hold, is left out. */
export function quoteForShell(text: string): string {
  return `'${text.toWellFormed().replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;
}

/** Go's raw form where it can hold the text: JSON is easier to read in it. */
export function quoteForGo(text: string): string {
  return text.includes('`') || /[^\x20-\x7e\p{L}\p{N}\p{M}]/u.test(text) || text.includes('<')
    ? quoteText('go', text)
    : `\`${text}\``;
}

export type ValueLanguage = 'javascript' | 'python' | 'php' | 'ruby';

const WORDS: Readonly<Record<ValueLanguage, Readonly<Record<string, string>>>> = {
  javascript: { true: 'true', false: 'false', null: 'null' },
  python: { true: 'True', false: 'False', null: 'None' },
  php: { true: 'true', false: 'false', null: 'null' },
  ruby: { true: 'true', false: 'false', null: 'nil' },
};

/** A value of the language itself that becomes the same JSON again. */
export function writeValue(language: ValueLanguage, value: JsonValue, indent = 0): string {
  return write(language, wellFormed(value), indent);
}

function write(language: ValueLanguage, value: JsonValue, indent: number): string {
  if (typeof value === 'string') return quoteText(language, value);
  if (typeof value === 'number') return jsonText(value);
  if (typeof value === 'boolean' || value === null) return WORDS[language][String(value)] ?? '';
  if (Array.isArray(value))
    return wrap(
      '[',
      value.map((one) => write(language, one, indent + 2)),
      ']',
      indent,
    );
  const members = Object.entries(value as Readonly<Record<string, JsonValue>>);
  const written = members.map(([name, one]) => {
    const key = quoteText(language, name);
    const content = write(language, one, indent + 2);
    if (language === 'php' || language === 'ruby') return `${key} => ${content}`;
    // In a literal of JavaScript this one name would mean the prototype.
    return name === '__proto__' && language === 'javascript' ? `[${key}]: ${content}` : `${key}: ${content}`;
  });
  if (language !== 'php') return wrap('{', written, '}', indent);
  // An empty array, and one whose keys count from 0, would become a list.
  const isListLike = members.every(([name], at) => name === String(at));
  return `${isListLike ? '(object) ' : ''}${wrap('[', written, ']', indent)}`;
}

function wrap(open: string, items: readonly string[], close: string, indent: number): string {
  if (items.length === 0) return `${open}${close}`;
  const inner = items.map((item) => `${' '.repeat(indent + 2)}${item},\n`).join('');
  return `${open}\n${inner}${' '.repeat(indent)}${close}`;
}
