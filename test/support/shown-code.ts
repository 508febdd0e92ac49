// The code of a message that the outbox of development shows on the server's terminal.

import { setTimeout as delay } from 'node:timers/promises';

const WITHIN_MS = 10_000;
const ASK_EVERY_MS = 20;

/** `nth`: of the messages to that contact, from 1; the last one unless given. */
export async function codeShownFor(
  server: { stderr(): string; stdout(): string },
  to: string,
  nth?: number,
): Promise<string> {
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += ASK_EVERY_MS) {
    const messages = `${server.stdout()}${server.stderr()}`.split(`To: ${to}\n`).slice(1);
    const code = /(\d{6})/.exec(messages.at(nth === undefined ? -1 : nth - 1) ?? '')?.[1];
    if (code !== undefined) return code;
    await delay(ASK_EVERY_MS);
  }
  throw new Error(`no message for ${to}: ${server.stderr()}`);
}
