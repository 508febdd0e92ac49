// The commands of README.md, pasted into a shell as they stand there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runProgram } from '../support/command-line.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createAccount } from '../support/new-account.ts';
import { codeShownFor } from '../support/shown-code.ts';
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

test('a code is sent, checked and its number listed with the commands as they stand there', async (t) => {
  const data = makeTemporaryDirectory({ after });
  const { secretId, secretKey } = await createAccount(data, ['--quota', '10']);
  const server = await startServer({ data });
  t.after(() => server.kill());
  const [send = '', check = '', ...others] = blocksOf('Send a code and check it');
  assert.deepEqual(others, []);
  const paste = async (text: string): Promise<string> => {
    const { code, stdout, stderr } = await runProgram('sh', ['-ec', text.replace(ADDRESS, server.url)], {
      cwd: new URL('../..', import.meta.url).pathname,
      env: { no_proxy: '*', SECRET_ID: secretId, SECRET_KEY: secretKey },
    });
    assert.equal(code, 0, stderr);
    return stdout;
  };
  assert.match(await paste(send), /^{"Response":{"RequestId":"[0-9a-f-]{36}"}}$/);
  const code = await codeShownFor(server, '+8618766554433');
  const [settings = ''] = send.split('call SendIntl');
  const answers = await paste(settings + check.replace('123456', code));
  assert.match(
    answers,
    /^{"Response":{"RequestId":"[0-9a-f-]{36}"}}{"Response":{"PhoneEmailList":\[{"Code":"18766554433"/,
  );
});
