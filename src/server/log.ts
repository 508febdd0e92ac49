// Structured logs to standard error: one JSON object a line, request ids, never a body, query, name, number or secret.

import pino, { type Logger } from 'pino';

export type Log = Logger;

export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Nothing personal is ever handed to the log; should a later change do so, these stay out all the same.
      redact: {
        paths: [
          'secretKey',
          'secretId',
          'authorization',
          'token',
          '*.secretKey',
          '*.authorization',
          '*.token',
        ],
        remove: true,
      },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}
