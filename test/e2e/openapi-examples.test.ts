// Every operation of /openapi.json called with its own example, on things that were really made just before, and every answer
// held against its documented schema.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runJsonWithin } from '../support/command-within.ts';
import { examplesOf, sendDocumented } from '../support/documented-calls.ts';
import { type Operation, type ReadDocument, readDocument } from '../support/documented-operations.ts';
import { createFillings } from '../support/example-fillings.ts';
import { createManagementClient } from '../support/management-client.ts';
import { createAccount, type NewAccount } from '../support/new-account.ts';
import { QUICK_PASSWORDS, signUpPerson } from '../support/signed-up-person.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { importPeople, makePerson } from '../support/subscribers.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { watchJob } from '../support/watch-job.ts';

const MANY =
  '{"register.caller":1000,"code.caller":1000,"login.caller":1000,"reset.caller":1000,"change.caller":1000}';
const GATEWAY_SECRET = 'of the gateway';

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
let document: ReadDocument;
let sandbox: NewAccount;
let operator: Record<string, string>;
after(() => server?.kill());
const data = `${makeTemporaryDirectory({ after })}/data`;
const subscriber = makePerson(1);
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

before(async () => {
  server = await startServer({
    data,
    args: [
      ...[...QUICK_PASSWORDS, '--attempt-limits', MANY, '--gateway-url', 'http://127.0.0.1:9'],
      ...['--code-channels', '{"phone":"outbox,webhook","email":"outbox"}'],
    ],
    env: { LINEPROOF_GATEWAY_SECRET: GATEWAY_SECRET },
  });
  client = createManagementClient(server.port);
  await importPeople(data, [subscriber]);
  sandbox = await createAccount(data, ['--sandbox']);
  const made = (await runJsonWithin(['operator', 'token', 'create', 'root', '--data', data])) as {
    token: string;
  };
  operator = bearer(made.token);
  document = await readDocument(server.url);
});

test('every operation answers its own example with its documented success and a body of its documented schema', async () => {
  const ann = await signUpPerson(server, client, 'ann@example.org');
  const fill = createFillings({
    ...{ server, client, document, data, sandbox, operator, ann, subscriber },
    gatewaySecret: GATEWAY_SECRET,
  });
  const unused = Object.keys(fill).filter((name) =>
    document.calls.every((one) => one.operation.operationId !== name),
  );
  assert.deepEqual(unused, [], 'prepared for operations that do not exist');

  for (const call of document.calls) {
    const { operationId } = call.operation;
    const examples = examplesOf(call);
    for (const value of examples.length === 0 ? [undefined] : examples) {
      const filled = (await fill[operationId]?.()) ?? {};
      const answer = await sendDocumented(
        server.url,
        call,
        { headers: headersOf(call.operation, ann.headers), ...filled },
        value,
      );
      assert.equal(answer.status, call.success, `${operationId}: ${answer.text.slice(0, 300)}`);
      const wrong = document.judge(call, answer.status, answer.mediaType, answer.text);
      assert.equal(wrong, undefined, `${operationId}: ${answer.text.slice(0, 300)}`);
      // Another one of its kind is refused while it is at work.
      const { id, started_by: startedBy } = answer.status === 202 ? JSON.parse(answer.text) : {};
      if (startedBy !== undefined) await watchJob(client, operator, id);
    }
  }
});

function headersOf(
  { security }: Operation,
  session: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const accepted = new Set(security.flatMap((one) => Object.keys(one)));
  if (accepted.has('session')) return session;
  if (accepted.has('operator')) return operator;
  return accepted.has('credential') ? bearer(sandbox.token) : {};
}
