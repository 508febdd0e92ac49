// Asks a running server for one job until it has ended.

import { setTimeout as delay } from 'node:timers/promises';
import type { createManagementClient } from './management-client.ts';

const ASK_EVERY_MS = 25;
const WITHIN_MS = 60_000;

/** The job as it ended; throws when it does not. */
export async function watchJob(
  client: ReturnType<typeof createManagementClient>,
  headers: Readonly<Record<string, string>>,
  id: unknown,
): Promise<Record<string, unknown>> {
  for (let waitedMs = 0; waitedMs < WITHIN_MS; waitedMs += ASK_EVERY_MS) {
    const { json, text } = await client.call(`GET /operator/jobs/${id}`, { headers });
    if (json.state === undefined) throw new Error(text);
    if (json.ended_at !== null) return json;
    await delay(ASK_EVERY_MS);
  }
  throw new Error(`job ${id} has not ended`);
}
