// Whatever a form holds, the sample's literal is exactly that, in every language whose toolchain is here: each language reads
// the literals itself and says what it read.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { JsonValue } from '../../src/samples/index.ts';
import { jsonText, wellFormed } from '../../src/samples/json-text.ts';
import {
  type QuotedLanguage,
  quoteForGo,
  quoteForShell,
  quoteText,
  type ValueLanguage,
  writeValue,
} from '../../src/samples/literals.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { EXECUTED, type ExecutedLanguage, runSource } from '../support/run-sample.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { isAvailable } from '../support/toolchains.ts';

const HOSTILE = [
  '',
  '"',
  "'",
  '\\',
  '\\\\"',
  "'; rm -rf / #",
  ['$(touch x) `id` $HOME $', '{HOME} {$x} #{1} #$0 #@x %s %n'].join(''),
  'a\nb\r\nc\td\u0000e\u001bf\u007f',
  '</script><script>alert(1)</script><!--',
  '韦小宝 · Zoë · नमस्ते · 👩‍👩‍👧',
  '\u202eevil\u2066\u2028\u2029\ufeff\u200b',
  '\ud800 lone \udfff',
  '\\u0041 \\x41 \\n \\0 \\u{41} \\U00000041',
  '`back` ``ticks`` """ \'\'\' ?> <?php <% %> */ // --',
  '\u00e9\u0301\u{10ffff}\u{e000}',
];
const drawn = fc.sample(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.mixedCase(fc.constantFrom(...HOSTILE)),
  ),
  { numRuns: propertyRuns(150).numRuns, seed: 20_261 },
);
const TEXTS = [...HOSTILE, ...drawn];
const VALUES: readonly JsonValue[] = [
  {},
  [],
  { '0': 'a' },
  { '0': 'a', '1': {} },
  { '1': 'a', a: [1, -2.5, true, false, null, []] },
  { '': '', $x: '#{1}', __proto__x: 1 },
  JSON.parse('{"__proto__":{"a":1},"constructor":2}') as JsonValue,
  ...(fc.sample(fc.jsonValue({ maxDepth: 3 }), {
    numRuns: propertyRuns(60).numRuns,
    seed: 20_262,
  }) as JsonValue[]),
];

const FILES: Readonly<Record<ExecutedLanguage, string>> = {
  curl: 'texts.sh',
  node: 'texts.mjs',
  python: 'texts.py',
  go: 'texts.go',
  java: 'Texts.java',
  php: 'texts.php',
  ruby: 'texts.rb',
};

/** A program that prints each text as hexadecimal UTF-8, a line each. */
const PRINT_TEXTS: Readonly<Record<ExecutedLanguage, (texts: readonly string[]) => string>> = {
  curl: (texts) =>
    `for text in ${texts.map(quoteForShell).join(' ')}; do printf %s "$text" | od -An -v -tx1 | tr -d ' \\n'; echo; done`,
  node: (texts) =>
    `for (const text of [${literals('javascript', texts)}]) console.log(Buffer.from(text).toString("hex"));`,
  python: (texts) => `for text in [${literals('python', texts)}]:\n    print(text.encode().hex())`,
  go: (texts) =>
    `package main\nimport ("encoding/hex"; "fmt")\nfunc main() {\n for _, text := range []string{${[...texts.map((text) => quoteText('go', text)), ...texts.map(quoteForGo)].join(',')}} { fmt.Println(hex.EncodeToString([]byte(text))) }\n}`,
  java: (texts) =>
    `import java.nio.charset.StandardCharsets;\npublic class Texts { public static void main(String[] a) { for (String text : new String[] {${literals('java', texts)}}) { StringBuilder hex = new StringBuilder(); for (byte b : text.getBytes(StandardCharsets.UTF_8)) hex.append(String.format("%02x", b)); System.out.println(hex); } } }`,
  php: (texts) => `<?php foreach ([${literals('php', texts)}] as $text) echo bin2hex($text), "\\n";`,
  ruby: (texts) => `# encoding: utf-8\n[${literals('ruby', texts)}].each { |text| puts text.unpack1("H*") }`,
};

const PRINT_VALUES: Readonly<Record<ValueLanguage, (values: readonly JsonValue[]) => string>> = {
  javascript: (values) =>
    values.map((one) => `console.log(JSON.stringify(${writeValue('javascript', one)}));`).join('\n'),
  python: (values) =>
    `import json\n${values.map((one) => `print(json.dumps(${writeValue('python', one)}))`).join('\n')}`,
  php: (values) =>
    `<?php ${values.map((one) => `echo json_encode(${writeValue('php', one)}), "\\n";`).join('\n')}`,
  ruby: (values) =>
    `# encoding: utf-8\nrequire "json"\n${values.map((one) => `puts JSON.generate(${writeValue('ruby', one)})`).join('\n')}`,
};

const root = makeTemporaryDirectory({ after });

for (const language of Object.keys(EXECUTED) as ExecutedLanguage[]) {
  const skip = language !== 'node' && EXECUTED[language].needs.some((name) => !isAvailable(name));
  test(`${language} reads every text exactly as it was`, { skip }, async () => {
    // A shell's argument cannot hold a NUL.
    const texts = language === 'curl' ? TEXTS.filter((text) => !text.includes('\0')) : TEXTS;
    const code = PRINT_TEXTS[language](texts);
    const printed = (await run(language, FILES[language], code)).trimEnd().split('\n');
    const expected = texts.map((text) => Buffer.from(text.toWellFormed()).toString('hex'));
    // Trailing empty texts are trimmed away with the last line end.
    const twice = language === 'go' ? [...expected, ...expected] : expected;
    assert.deepEqual(
      twice.map((_, at) => printed[at] ?? ''),
      twice,
    );
  });
}

for (const [language, tool, file] of [
  ['javascript', 'node', 'values.mjs'],
  ['python', 'python', 'values.py'],
  ['php', 'php', 'values.php'],
  ['ruby', 'ruby', 'values.rb'],
] as const) {
  const skip = EXECUTED[tool].needs.some((name) => !isAvailable(name));
  test(`a value written in ${language} becomes the same JSON again`, { skip }, async () => {
    const printed = (await run(tool, file, PRINT_VALUES[language](VALUES))).trimEnd().split('\n');
    assert.deepEqual(
      printed.map(parse),
      VALUES.map((one) => parse(JSON.stringify(wellFormed(one)))),
    );
  });
}

test('JSON in a sample is the same JSON, without a control, an invisible character or a tag', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const written = jsonText(value as JsonValue);
      assert.deepEqual(parse(written), parse(JSON.stringify(wellFormed(value as JsonValue))));
      assert.doesNotMatch(written, /[<\p{C}\u2028\u2029]/u);
    }),
    propertyRuns(300),
  );
});

test('no literal holds a line end, a control, a change of direction or the start of a tag', () => {
  const languages: readonly QuotedLanguage[] = [
    'javascript',
    'python',
    'go',
    'java',
    'php',
    'csharp',
    'ruby',
  ];
  for (const text of TEXTS)
    for (const language of languages)
      assert.doesNotMatch(
        quoteText(language, text),
        /[<\p{C}\u2028\u2029]/u,
        `${language}: ${JSON.stringify(text)}`,
      );
});

function run(language: ExecutedLanguage, fileName: string, code: string): Promise<string> {
  const directory = join(root, `${language}-${fileName}`);
  mkdirSync(directory);
  return runSource({ language, fileName, code, directory });
}

function literals(language: QuotedLanguage, texts: readonly string[]): string {
  return texts.map((text) => quoteText(language, text)).join(', ');
}

/** Negative zero is zero in JSON. */
function parse(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown) => (value === 0 ? 0 : value)) as unknown;
}
