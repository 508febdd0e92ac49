// Rules about single files: names, size, header comment, purity of the domain, and that time and chance are injected.

import { posix } from 'node:path';
import type { SourceFile } from './layers.ts';
import { readSource } from './source-text.ts';

export const MAX_LINES = 400;
const MAX_HEADER_LINES = 5;
const BANNED_NAMES = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'services',
  'manager',
  'managers',
  'misc',
]);
// A test stands beside its file, so x.test.ts and x.long.test.ts are names too.
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/;

const TIME_AND_CHANCE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\bperformance\.now\b/,
  /\bprocess\.hrtime\b/,
  /\brandomBytes\s*\(/,
  /\brandomUUID\s*\(/,
  /\brandomInt\s*\(/,
  /\brandomFill(?:Sync)?\s*\(/,
  /\bgetRandomValues\s*\(/,
];
/** As an ES module it runs its every getter, of which one loads a whole client: 0.1 s of processor time. */
const IMPORT_OF_HTTP = /^(?:import|export)\s(?!type\s)[^;]*'node:http';$/m;
const IMPURE = [/\basync\b/, /\bawait\b/, /\bPromise\b/, /\bsetTimeout\b/, /\bprocess\./, /\bfetch\s*\(/];

/** Every breach of the rules about names, which hold in all folders. */
export function findNameBreaches(path: string): string[] {
  return path.split('/').flatMap((part) => {
    const stem = part.replace(/\.[a-z.]+$/, '');
    if (BANNED_NAMES.has(stem)) return [`${path}: the name ${stem} says nothing`];
    return KEBAB_CASE.test(part) ? [] : [`${path}: ${part} is not kebab-case`];
  });
}

/** Every breach of the rules about the text of one file of src. */
export function findTextBreaches({ path, text }: SourceFile): string[] {
  const { code } = readSource(text);
  const isTest = path.endsWith('.test.ts');
  const breaches: string[] = [];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES) breaches.push(`${path}: ${lines} lines, more than ${MAX_LINES}`);
  if (/\b(?:TODO|FIXME|XXX)\b/.test(text)) breaches.push(`${path}: unfinished business in a comment`);
  if (isTest) return breaches;

  breaches.push(...judgeHeader(path, text));
  if (IMPORT_OF_HTTP.test(text))
    breaches.push(`${path}: node:http is slow to import, process.getBuiltinModule is not`);
  if (/\bconsole\s*\./.test(code)) breaches.push(`${path}: writes to the console`);
  if (!path.startsWith('src/runtime/'))
    breaches.push(...judge(path, code, TIME_AND_CHANCE, 'time and chance are injected'));
  if (path.startsWith('src/domain/')) breaches.push(...judge(path, code, IMPURE, 'the domain is pure'));
  return breaches;
}

function judge(path: string, code: string, banned: readonly RegExp[], rule: string): string[] {
  return banned.flatMap((pattern) => {
    const found = pattern.exec(code);
    return found === null ? [] : [`${path}: ${rule} (${found[0]})`];
  });
}

function judgeHeader(path: string, text: string): string[] {
  const lines = text.replace(/^#!.*\n/, '').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  if (end === 0) return [`${path}: no header comment`];
  return end > MAX_HEADER_LINES ? [`${path}: the header comment has ${end} lines`] : [];
}

/** Tests stand beside their file or in test/. */
export function isProduct(path: string): boolean {
  return (
    path.startsWith('src/') &&
    path.endsWith('.ts') &&
    !path.endsWith('.test.ts') &&
    !posix.basename(posix.dirname(path)).startsWith('fixture')
  );
}
