// The command line within the test's own process: for what a test needs before it begins, where a process of its own would
// show nothing more.

import { Writable } from 'node:stream';
import { loadCommands } from '../../src/cli/index.ts';
import { runCommandLine, type Surroundings } from '../../src/cli/run.ts';
import type { CommandOptions } from './command-line.ts';

/** Runs a command with --json and gives what it printed; throws with its words when it failed. */
export async function runJsonWithin(
  args: readonly string[],
  { env }: Pick<CommandOptions, 'env'> = {},
): Promise<unknown> {
  const stdout = createSink();
  const stderr = createSink();
  const surroundings = {
    stdin: process.stdin,
    env: { ...process.env, ...env },
    ...{ stdout: stdout.stream, stderr: stderr.stream },
  } as unknown as Surroundings;
  const code = await runCommandLine([...args, '--json'], await loadCommands(args[0]), surroundings);
  if (code !== 0)
    throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}: ${stderr.text()}${stdout.text()}`);
  return JSON.parse(stdout.text());
}

function createSink() {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString() };
}
