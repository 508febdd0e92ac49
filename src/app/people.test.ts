import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { NOW_MS } from '../../test/support/accounts.ts';
import { makeTemporaryDirectory } from '../../test/support/temporary-directory.ts';
import { dataPaths } from '../config/data-directory.ts';
import { loadConfiguration } from '../config/load.ts';
import type { OptionName } from '../config/options.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { systemRandom } from '../runtime/system-random.ts';
import { openPeopleOffice } from './people.ts';

async function open(t: TestContext, flags: Partial<Record<OptionName, string>>) {
  const printed: string[] = [];
  const paths = dataPaths(makeTemporaryDirectory(t));
  const office = await openPeopleOffice({
    paths,
    configuration: loadConfiguration({
      file: paths.configFile,
      fileIsRequired: false,
      environment: {},
      flags,
    }),
    master: Buffer.alloc(32, 8),
    clock: { ...systemClock, nowMs: () => NOW_MS },
    random: systemRandom,
    openAccount: async () => ({ accountId: '100000000001' }),
    print: (text) => printed.push(text),
    onMailFailure: () => {},
  });
  t.after(() => office.close());
  return { office, printed };
}

test('the outbox says at start that nothing is sent; SMTP says nothing', async (t) => {
  assert.match((await open(t, {})).printed.join(''), /Mail is not sent/);
  assert.deepEqual((await open(t, { mailChannel: 'smtp' })).printed, []);
});

test('mail settings that do not fit together are refused at start', async (t) => {
  await assert.rejects(() => open(t, { mailChannel: 'smtp', smtpUser: 'u' }), /belong together/);
  await assert.rejects(
    () => open(t, { mailChannel: 'smtp', mailFrom: 'a@b.org\r\nBcc: x@y.org' }),
    /mail-from/,
  );
});

test('with the defaults of the options somebody registers and is found by session', async (t) => {
  const { office, printed } = await open(t, { passwordMemoryKib: '8192' });
  const run = (name: string, body: Record<string, unknown>) => {
    const route = office.routes.find((one) => one.name === name);
    assert.ok(route !== undefined);
    return route.run({
      ...{
        visitor: { access: 'public' },
        requestId: 'r',
        receivedAtMs: NOW_MS,
        address: '::1',
        session: undefined,
      },
      ...{ parameters: {}, query: {}, body },
    });
  };
  const known = { email: 'ann@example.org', password: 'seven green bicycles' };
  await run('register', known);
  while (office.mailStatistics().delivered === 0) await new Promise(setImmediate);
  const code = /code is (\d{8})/.exec(printed.join(''))?.[1];
  const { session } = await run('confirm', { ...known, code });
  assert.equal((await office.findSession(session?.value ?? ''))?.person.email, known.email);
  assert.equal(await office.findSession('another'), undefined);
  assert.equal(await office.findPlatformToken(session?.value ?? ''), undefined);
});
