// Structured logs to standard error: one JSON object a line, request ids, never a body, query, name, number or secret.

import pino, { type DestinationStream, type Logger } from 'pino';
import { createRedaction } from './redact.ts';

export type Log = Logger;

/** Fields of the given names are left out wherever they lie. */
export function createLog(level: string, secretNames: Iterable<string>, stream?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Nothing personal is ever handed to the log; should a later change do so, it stays out all the same.
      formatters: { level: (label) => ({ level: label }), log: createRedaction(secretNames) },
      serializers: { err: describeError },
    },
    stream ?? pino.destination({ fd: 2, sync: false }),
  );
}

const MESSAGE_MAX_LENGTH = 500;

/** Messages of parsers repeat what they were given: whatever could be data is blotted out, where it happened is kept. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '', cause } = error;
  return {
    type: name,
    code: (error as NodeJS.ErrnoException).code,
    message: blot(message),
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause === undefined ? {} : { cause: cause instanceof Error ? blot(cause.message) : typeof cause }),
  };
}

function blot(text: string): string {
  return text
    .slice(0, MESSAGE_MAX_LENGTH)
    .replace(/(["'`]).*/gs, '...')
    .replace(/[^\x20-\x7e]+/g, '...')
    .replace(/[\w+/=-]*\d{4}[\w+/=-]*/g, '...');
}
