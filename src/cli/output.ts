// Where a command's words go: results to standard output (as JSON with --json), everything else to standard error.

import { createProgress, type Progress } from './progress.ts';

const NO_PROGRESS: Progress = { update() {}, stop() {} };

export interface Output {
  readonly json: boolean;
  /** The result: the value as JSON, or the lines for a person. */
  result(value: unknown, lines: readonly string[]): void;
  /** For a person, whatever --json says. */
  note(line: string): void;
  /** Raw bytes of an export. */
  readonly stream: NodeJS.WritableStream;
  progress(label: string): Progress;
  /** Of what goes to the stream: none where both would share a terminal. */
  streamProgress(label: string): Progress;
  /** Does work that writes to the stream. A reader that has had enough (a pipe into head) ends it quietly. */
  untilReaderLeaves(work: () => Promise<void>): Promise<void>;
}

export function createOutput(json: boolean, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  return {
    json,
    result(value, lines) {
      stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''));
    },
    note: (line) => void stderr.write(`${line}\n`),
    stream: stdout,
    progress: (label) => createProgress(label, stderr),
    streamProgress: (label) => (stdout.isTTY ? NO_PROGRESS : createProgress(label, stderr)),
    async untilReaderLeaves(work) {
      try {
        await work();
      } catch (error) {
        if (!isReaderGone(error)) throw error;
      }
    },
  };
}

/** Before the first word, of help too: without listeners a closed pipe would end the process as a defect. */
export function outliveReaders(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): void {
  if (!stdout.listeners('error').includes(onStdoutError)) stdout.on('error', onStdoutError);
  if (!stderr.listeners('error').includes(onStderrError)) stderr.on('error', onStderrError);
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** What else goes wrong there is lost output. */
function onStdoutError(error: Error): void {
  if (isReaderGone(error)) return;
  process.stderr.write(`lineproof: cannot write to standard output: ${error.message}\n`);
  process.exit(1);
}

/** There is nowhere left to tell it. */
function onStderrError(): void {}
