// Ready code for one call, without any dependency, with exactly the values of the form; the token comes from the environment.

export interface SampleCall {
  /** Origin and path. */
  readonly url: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface CodeSample {
  readonly name: string;
  readonly code: string;
}

/** A word that a shell takes as it is. */
const quoteForShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function writeSamples({ url, values }: SampleCall): readonly CodeSample[] {
  const json = JSON.stringify(values);
  return [
    {
      name: 'curl',
      code: [
        `curl -sS -X POST ${quoteForShell(url)} \\`,
        '  -H "Authorization: Bearer $LINEPROOF_TOKEN" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d ${quoteForShell(json)}`,
      ].join('\n'),
    },
    {
      name: 'Node.js',
      code: [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        "  method: 'POST',",
        '  headers: {',
        "    Authorization: 'Bearer ' + process.env.LINEPROOF_TOKEN,",
        "    'Content-Type': 'application/json',",
        '  },',
        `  body: JSON.stringify(${json}),`,
        '});',
        'console.log(JSON.stringify(await response.json()));',
      ].join('\n'),
    },
  ];
}
