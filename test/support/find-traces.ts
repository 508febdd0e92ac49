// Looks for given texts or bytes in every file of a directory, in all the forms a careless program might leave them in:
// UTF-8, UTF-16, hexadecimal, Base64 at each alignment, URL-encoded, JSON escapes, and inside gzip files.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Trace {
  readonly file: string;
  /** The form it was found in. */
  readonly form: string;
  /** Which of the given ones, by position: a report must not repeat the text itself. */
  readonly text: number;
}

interface Needle {
  readonly text: number;
  readonly form: string;
  readonly bytes: Buffer;
}

export function findTraces(directory: string, texts: readonly (string | Buffer)[]): Trace[] {
  const needles = texts.flatMap((text, index) =>
    [...(typeof text === 'string' ? formsOf(text) : formsOfBytes(text))].map(([form, bytes]) => ({
      text: index,
      form,
      bytes,
    })),
  );
  return listFiles(directory).flatMap((file) =>
    contentsOf(file).flatMap((content) => findIn(file, content, needles)),
  );
}

function findIn(file: string, content: Buffer, needles: readonly Needle[]): Trace[] {
  return needles
    .filter(({ bytes }) => content.indexOf(bytes) !== -1)
    .map(({ text, form }) => ({ file, form, text }));
}

export function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function contentsOf(file: string): Buffer[] {
  const content = readFileSync(file);
  if (content[0] !== 0x1f || content[1] !== 0x8b) return [content];
  return [content, gunzipSync(content)];
}

export function formsOf(text: string): Map<string, Buffer> {
  const utf8 = Buffer.from(text, 'utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const url = [...utf8].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const json = [...text.matchAll(/[\s\S]/g)]
    .map(([unit]) => (unit > '~' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit))
    .join('');
  const forms = new Map<string, Buffer>([
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['encodeURIComponent', Buffer.from(encodeURIComponent(text))],
    ['URL', Buffer.from(url)],
    ['URL in upper case', Buffer.from(url.toUpperCase())],
    ['JSON', Buffer.from(json)],
  ]);
  for (const form of [...base64Forms('UTF-8', utf8), ...base64Forms('UTF-16LE', utf16)]) forms.set(...form);
  return forms;
}

function formsOfBytes(bytes: Buffer): Map<string, Buffer> {
  const hex = bytes.toString('hex');
  return new Map<string, Buffer>([
    ['bytes', bytes],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ...base64Forms('bytes', bytes),
  ]);
}

function base64Forms(source: string, bytes: Buffer): [string, Buffer][] {
  return (['base64', 'base64url'] as const).flatMap((encoding) =>
    [0, 1, 2].map((shift): [string, Buffer] => [
      `${encoding} of ${source}, shifted by ${shift}`,
      Buffer.from(alignedText(bytes, shift, encoding)),
    ]),
  );
}

/** The characters that depend on the text alone when `shift` unknown bytes stand before it and any after it. */
function alignedText(bytes: Buffer, shift: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
  const firstWhole = Math.ceil((shift * 8) / 6);
  const lastWhole = Math.floor(((shift + bytes.length) * 8) / 6);
  return text.slice(firstWhole, lastWhole);
}
