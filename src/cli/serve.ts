// serve: answers calls until it is told to stop. With --first-run it sets an empty directory up first.

import { hasAccounts, setUpFirstRun } from '../app/first-run.ts';
import type { Log } from '../app/log.ts';
import { mendListening } from '../app/mend-listening.ts';
import { findOpenFiles } from '../app/open-files.ts';
import { lockForServing } from '../app/serve-lock.ts';
import type { App } from '../app.ts';
import { listWeakSettings } from '../config/load.ts';
import type { Configuration } from '../config/options.ts';
import type { Clock } from '../ports/clock.ts';
import { type Command, type CommandContext, CommandError } from './command.ts';
import { consoleAddress, operatorAddress } from './console-address.ts';
import { describeFirstStart, describeStart } from './first-run-text.ts';

/** A terminal and npm each pass on the same Ctrl-C: what follows this soon is no second one. */
const SAME_SIGNAL_MS = 1000;

export const serve: Command = {
  name: 'serve',
  finishesRestore: true,
  summary:
    'Answers calls on an address until it receives SIGTERM, SIGINT or SIGHUP. Ends with 1 when it can never charge again, to be started anew.',
  options: [
    {
      flags: '--first-run',
      description: 'set up an empty data directory with accounts to try, and print their keys once',
    },
  ],
  examples: [
    'serve',
    'serve --host 0.0.0.0 --port 8443 --tls-cert cert.pem --tls-key key.pem --outbox-anywhere yes',
    'serve --data /var/lib/lineproof',
  ],
  async run(context, _args, options) {
    const lock = lockForServing(context.paths);
    try {
      return await serveUntilSignal(context, options.firstRun === true);
    } finally {
      lock.release();
    }
  },
};

async function serveUntilSignal(context: CommandContext, firstRun: boolean): Promise<number> {
  const { paths, configuration, clock, random, output } = context;
  // Not with the command: help names it too, and would wait for the whole server.
  const [{ createApp }, { openLog }] = await Promise.all([import('../app.ts'), import('../app/log.ts')]);
  const log = openLog(configuration.logLevel);
  const isNew = firstRun && !hasAccounts(paths);
  for (const { finding: warning } of listWeakSettings(configuration))
    log.warn({ warning }, 'a setting weakens safety');
  const showMail = (text: string): void => output.note(text.trimEnd());
  const app = await createApp({ paths, configuration, clock, random, log, showMail });
  // By now every file is there, and the databases are closed to others again.
  for (const path of findOpenFiles(paths.directory)) {
    log.warn({ warning: `${path} is open to other users: chmod go-rwx` }, 'file modes weaken safety');
  }
  try {
    const url = await listenOrExplain(app, configuration);
    // Keys are shown once: none is made before it is certain that the server serves.
    if (isNew) {
      await setUpFirstRun(context, (accounts, link) =>
        output.result(
          {
            listening: url,
            console: consoleAddress(url),
            operatorLink: operatorAddress(url, link),
            accounts,
          },
          describeFirstStart(url, paths.directory, accounts, link),
        ),
      );
    } else output.result({ listening: url }, [describeStart(url, paths.directory)]);
    log.info({ url }, 'listening');
  } catch (error) {
    await app.stop();
    throw error;
  }
  endOnDefect(log);
  const broken = await Promise.race([untilSignal(clock), app.broken]);
  if (broken === undefined) log.info('stopping');
  else log.fatal({ err: broken }, 'the server cannot go on: it ends, to be started again');
  await app.stop();
  log.info('stopped');
  return broken === undefined ? 0 : 1;
}

async function listenOrExplain(app: App, { host, port }: Configuration): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`cannot listen on ${host}:${port} (${code}): ${mendListening(code)}`);
  }
}

/** A later second signal ends the process at once. */
function untilSignal({ nowMs }: Clock): Promise<undefined> {
  return new Promise((resolve) => {
    let askedAtMs: number | undefined;
    const stop = (): void => {
      if (askedAtMs !== undefined && nowMs() - askedAtMs >= SAME_SIGNAL_MS) process.exit(1);
      askedAtMs ??= nowMs();
      resolve(undefined);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  });
}

/** The process is in an unknown state: it says where, and ends. What was answered is on disk already. */
function endOnDefect(log: Log): void {
  process.once('uncaughtException', (err) => {
    log.fatal({ err }, 'a defect ended the server');
    process.exit(1);
  });
}
