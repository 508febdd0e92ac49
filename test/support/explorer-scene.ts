// A server with two persons: Ann has a live key and one of the sandbox, Eve has neither.

import assert from 'node:assert/strict';
import { createManagementClient } from './management-client.ts';
import type { signTc3 } from './sign-request.ts';
import { QUICK_PASSWORDS, type SignedUpPerson, signUpPerson } from './signed-up-person.ts';
import { type RunningServer, startServer } from './start-server.ts';

export type Json = Record<string, unknown>;

export interface IssuedKey {
  readonly id: string;
  readonly token: string;
  readonly secret_id: string;
  readonly secret_key: string;
}

export interface ExplorerScene {
  readonly server: RunningServer;
  readonly client: ReturnType<typeof createManagementClient>;
  readonly ann: SignedUpPerson;
  readonly eve: SignedUpPerson;
  readonly live: IssuedKey;
  readonly sandbox: IssuedKey;
  /** As Ann unless other headers are given; fails for any answer that is no success. */
  ask(line: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Json>;
}

export async function openExplorerScene(data: string, args: readonly string[] = []): Promise<ExplorerScene> {
  const server = await startServer({ data, args: [...QUICK_PASSWORDS, ...args] });
  const client = createManagementClient(server.port);
  const ann = await signUpPerson(server, client, 'ann@example.org');
  const eve = await signUpPerson(server, client, 'eve@example.org');

  async function ask(line: string, body?: unknown, headers: Readonly<Record<string, string>> = ann.headers) {
    const asked = { headers, ...(body === undefined ? {} : { body }) };
    const { status, text, json } = await client.call(line, asked);
    assert.ok(status < 300, `${line}: ${status} ${text}`);
    return json;
  }

  const { items } = (await ask('GET /services')) as { items: Json[] };
  const service = items.find(({ alias }) => alias === 'line-status');
  await ask('POST /applications', { service_id: service?.id });
  const live = (await ask('POST /credentials', { name: 'live' })) as unknown as IssuedKey;
  const sandbox = (await ask('POST /credentials', { name: 'trial', sandbox: true })) as unknown as IssuedKey;
  return { server, client, ann, eve, live, sandbox, ask };
}

/** A signed request as somebody pastes it for the signature doctor. */
export function pasted({ method, target, headers, body }: ReturnType<typeof signTc3>) {
  return {
    ...{ method, url: target, body: body.toString() },
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  };
}
