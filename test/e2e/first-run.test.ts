// The first minutes of a new user: `npm start` in a new directory, the printed calls pasted into a shell, a second start.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runCommand, runProgram } from '../support/command-line.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const SECRET = /\b(?:AKID)?[A-Za-z0-9]{32,36}\b/g;

let first: RunningServer;
let printed: string;
// The server ends before its directory goes.
after(() => first?.kill());
const root = makeTemporaryDirectory({ after });
const data = join(root, 'data');

before(async () => {
  first = await startServer({ data, args: ['--first-run'], json: false, cwd: root });
  printed = first.stdout() + first.stderr();
});

function curlCalls(): string[] {
  return printed.split('\n').flatMap((line) => /^\s*(curl .*)$/.exec(line)?.[1] ?? []);
}

test('the first start sets itself up privately', () => {
  assert.equal(statSync(data).mode & 0o077, 0);
  assert.equal(statSync(join(data, 'master.key')).mode & 0o077, 0);
  assert.ok(existsSync(join(data, 'registry.db')));
  assert.match(printed, /http:\/\/127\.0\.0\.1:\d+/);
});

test('each printed call works when pasted into a shell, from any directory', async () => {
  const calls = curlCalls();
  assert.equal(calls.length, 2, printed);
  for (const call of calls) {
    for (const shell of ['sh', 'bash']) {
      // The shell's own node comes first in the path, as in a person's terminal.
      const PATH = `${join(process.execPath, '..')}:${process.env.PATH}`;
      const { stdout, stderr, code } = await runProgram(shell, ['-c', call], {
        cwd: '/',
        env: { PATH, no_proxy: '*' },
      });
      assert.equal(code, 0, stderr);
      const { Response } = JSON.parse(stdout) as { Response: { Result?: string; StatusCode?: number } };
      assert.equal(Response.Result, '0', `${call}\n${stdout}`);
    }
  }
});

test('no secret key stands in the address that a pasted call asks', async () => {
  const keys = printed.match(SECRET) ?? [];
  assert.ok(keys.length >= 4, 'two accounts have a secret id and a secret key each');
  for (const call of curlCalls()) {
    const asked = await runProgram('sh', ['-c', call.replace(/^curl\b/, 'echo')], {
      env: { PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
    });
    const inUrl = keys.filter((key) => asked.stdout.includes(key));
    assert.ok(
      inUrl.every((key) => key.startsWith('AKID')),
      'only the id of the key belongs into the address',
    );
  }
});

test('a second serve on the same directory is refused with a reason', async () => {
  const { code, stderr } = await runCommand(['serve', '--port', '0', '--data', data]);
  assert.equal(code, 1);
  assert.match(stderr, /another server is already serving/);
});

test('SIGTERM ends with 0, and a later start reuses everything and prints no secret', async () => {
  const calls = curlCalls();
  assert.equal(await first.stop(), 0, first.stderr());
  const secrets = (printed.match(SECRET) ?? []).filter((text) => !text.startsWith('AKID'));
  const second = await startServer({ data, args: ['--first-run', '--port', `${first.port}`], json: false });
  try {
    const again = second.stdout() + second.stderr();
    assert.deepEqual(
      secrets.filter((secret) => again.includes(secret)),
      [],
    );
    assert.equal(again.includes('curl'), false);
    // The calls of the first start still work: the keys are the same.
    const { stdout } = await runProgram('sh', ['-c', calls[0] ?? ''], {
      env: { PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, no_proxy: '*' },
    });
    assert.match(stdout, /"Result":"0"/);
  } finally {
    await second.stop();
  }
});
