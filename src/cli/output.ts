// Where a command's words go: results to standard output (as JSON with --json), everything else to standard error.

import { createProgress, type Progress } from './progress.ts';

export interface Output {
  readonly json: boolean;
  /** The result: the value as JSON, or the lines for a person. */
  result(value: unknown, lines: readonly string[]): void;
  /** For a person, whatever --json says. */
  note(line: string): void;
  /** Raw bytes of an export. */
  readonly stream: NodeJS.WritableStream;
  progress(label: string): Progress;
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
  };
}
