// The commands of README.md, pasted into a shell as they stand there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runProgram } from '../support/command-line.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const ADDRESS = 'http://127.0.0.1:8080';

/** The indented blocks of a section. */
function blocksOf(title: string): string[] {
  const [, section = ''] = README.split(`## ${title}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) => block.replace(/^ {4}/gm, ''));
}

test('somebody new registers, acquires, calls and sees the call in the list, with curl alone', async (t) => {
  const root = makeTemporaryDirectory({ after });
  const server = await startServer({
    data: join(root, 'data'),
    args: ['--first-run'],
    json: false,
    cwd: root,
  });
  t.after(() => server.kill());
  const [register = '', call = '', ...others] = blocksOf('Serve people, not only programs');
  assert.deepEqual(others, []);
  assert.ok(register.includes(ADDRESS) && call.includes('CODE=123456'));
  const paste = async (text: string): Promise<string[]> => {
    const script = text.replace(ADDRESS, server.url);
    const { code, stdout, stderr } = await runProgram('sh', ['-ec', script], {
      cwd: root,
      env: { no_proxy: '*' },
    });
    assert.equal(code, 0, stderr);
    return stdout.split(/(?<=})(?={)/);
  };
  assert.deepEqual(await paste(register), ['{"status":"accepted"}']);
  const code = await codeMailedTo(server, 'ann@example.org');
  const [settings = ''] = register.split('curl');
  const answers = await paste(settings + call.replace('123456', code));
  const [person, application, checked, usage] = answers.map((text) => JSON.parse(text));
  assert.equal(person.email, 'ann@example.org');
  assert.equal(application.remaining_amount, 100);
  assert.equal(checked.result, '0');
  assert.deepEqual([usage.count, usage.items[0].metadata.paid_by], [1, 'quota']);
});
