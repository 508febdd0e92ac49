// serve: answers calls until it is told to stop. With --first-run it sets an empty directory up first.

import { existsSync, mkdirSync } from 'node:fs';
import { createApp } from '../app.ts';
import { setUpFirstRun } from '../app-first-run.ts';
import { listWeakSettings } from '../config/load.ts';
import { createLog } from '../server/log.ts';
import { readLockHolder, type ServeLock, takeServeLock } from '../storage/sqlite/serve-lock.ts';
import { type Command, type CommandContext, CommandError } from './command.ts';
import { describeFirstRun } from './first-run-text.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Answers calls on an address until it receives SIGTERM or SIGINT.',
  options: [
    {
      flags: '--first-run',
      description: 'set up an empty data directory with accounts to try, and print their keys once',
    },
  ],
  examples: [
    'serve',
    'serve --host 0.0.0.0 --port 8443 --tls-cert cert.pem --tls-key key.pem',
    'serve --data /var/lib/lineproof',
  ],
  async run(context, _args, options) {
    const lock = lockDirectory(context);
    try {
      return await serveUntilSignal(context, options.firstRun === true);
    } finally {
      lock.release();
    }
  },
};

async function serveUntilSignal(context: CommandContext, firstRun: boolean): Promise<number> {
  const { paths, configuration, clock, random, output } = context;
  const log = createLog(configuration.logLevel);
  const isNew = firstRun && !existsSync(paths.accounts);
  const invented = isNew
    ? await setUpFirstRun({ paths, configuration, clock, random, actor: context.actor })
    : undefined;
  for (const warning of listWeakSettings(configuration)) log.warn({ warning }, 'a setting weakens safety');
  const app = await createApp({ paths, configuration, clock, random, log });
  let url: string;
  try {
    url = await app.listen();
  } catch (error) {
    await app.stop();
    throw error;
  }
  log.info({ url }, 'listening');
  output.result(
    { listening: url, ...(invented === undefined ? {} : { accounts: invented.accounts }) },
    describeFirstRun(url, paths.directory, invented),
  );
  await untilSignal();
  log.info('stopping');
  await app.stop();
  log.info('stopped');
  return 0;
}

function lockDirectory({ paths }: CommandContext): ServeLock {
  mkdirSync(paths.directory, { recursive: true, mode: 0o700 });
  const lock = takeServeLock(paths.serveLock, process.pid);
  if (lock === undefined) {
    throw new CommandError(
      `another server is already serving ${paths.directory} (process ${readLockHolder(paths.serveLock) ?? 'just ended'}); stop it first or give another --data`,
    );
  }
  return lock;
}

/** A second signal ends the process at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.once('SIGTERM', () => process.exit(1));
      process.once('SIGINT', () => process.exit(1));
      resolve();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
}
