// The identity calls answer and refuse as /openapi.json says, in each profile of their envelope.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { callNamed, examplesOf, sendDocumented } from '../support/documented-calls.ts';
import { readDocument } from '../support/documented-operations.ts';
import { createAccount } from '../support/new-account.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const data = `${makeTemporaryDirectory({ after })}/data`;
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

for (const profile of ['seed', 'current'])
  test(`in the profile ${profile} the identity calls answer and refuse as they are documented`, async () => {
    const server = await startServer({ data: `${data}-${profile}`, args: ['--acedata-profile', profile] });
    try {
      const { token } = await createAccount(`${data}-${profile}`, ['--sandbox']);
      const described = await readDocument(server.url);
      for (const name of ['check-1e', 'check-2e', 'check-3e']) {
        const call = callNamed(described, name);
        const examples = examplesOf(call);
        assert.ok(examples.length > 0, name);
        for (const value of examples) {
          const answer = await sendDocumented(server.url, call, { headers: bearer(token) }, value);
          assert.equal(answer.status, 200, answer.text);
          assert.equal(described.judge(call, 200, answer.mediaType, answer.text), undefined, answer.text);
        }
        const refusals = [
          await sendDocumented(server.url, call, {}, examples[0]),
          await sendDocumented(server.url, call, { headers: bearer('unknown') }, examples[0]),
          await sendDocumented(server.url, call, { headers: bearer(token) }, {}),
        ];
        assert.deepEqual(
          refusals.map(({ status }) => status),
          [400, 401, 400],
        );
        for (const { status, mediaType, text } of refusals) {
          assert.equal(described.judge(call, status, mediaType, text), undefined, text);
          assert.equal('success' in JSON.parse(text), profile === 'seed', text);
        }
      }
    } finally {
      await server.kill();
    }
  });
