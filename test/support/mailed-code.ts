// The code of a mail that the development outbox shows on the server's terminal.

import { setTimeout as delay } from 'node:timers/promises';

const WITHIN_MS = 10_000;
const ASK_EVERY_MS = 20;

export async function codeMailedTo(server: { stderr(): string }, email: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += ASK_EVERY_MS) {
    const mails = server.stderr().split(`To: ${email}`).slice(1);
    const code = /code is (\d{8})/.exec(mails.at(-1) ?? '')?.[1];
    if (code !== undefined) return code;
    await delay(ASK_EVERY_MS);
  }
  throw new Error(`no mail for ${email}: ${server.stderr()}`);
}
