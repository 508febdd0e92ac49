// Writes text to a stream that may be slower than us, and fails when the stream has failed.

import { once } from 'node:events';
import type { Writable } from 'node:stream';

export async function writeText(out: Writable, text: string): Promise<void> {
  const room = out.write(text);
  if (out.errored !== null && out.errored !== undefined) throw out.errored;
  if (!room) await once(out, 'drain');
}
