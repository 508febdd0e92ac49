// Sessions over a real TLS connection: what their cookie is called and carries, and that no other cookie opens them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeServerCertificate } from '../support/certificate.ts';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ANN = { email: 'ann@example.org', password: 'seven green bicycles' };

test('under TLS a session is a Secure cookie named __Host-, for this host alone, and the plain name opens nothing', async (t) => {
  const { ca, cert, key } = makeServerCertificate(['localhost']);
  const root = makeTemporaryDirectory(t);
  const files = { cert: join(root, 'cert.pem'), key: join(root, 'key.pem') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  const server = await startServer({
    data: join(root, 'data'),
    args: [
      ...['--tls-cert', files.cert, '--tls-key', files.key],
      ...['--password-memory-kib', '8192', '--password-passes', '1'],
    ],
  });
  t.after(() => server.kill());
  const { call, origin, withSession } = createManagementClient(server.port, ca);
  await call('POST /people/register', { body: ANN });
  const confirmed = await call('POST /people/confirm', {
    body: { ...ANN, code: await codeMailedTo(server, ANN.email) },
  });
  assert.equal(confirmed.status, 201, confirmed.text);
  const [cookie = ''] = confirmed.headers['set-cookie'] ?? [];
  assert.match(
    cookie,
    /^__Host-lineproof_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
  );

  const headers = withSession(confirmed.cookie);
  assert.equal((await call('GET /people/session', { headers })).status, 200);
  assert.equal((await call('POST /platform-tokens', { headers, body: {} })).status, 201);
  const plainOrigin = { ...headers, origin: origin.replace('https:', 'http:') };
  const forged = await call('POST /platform-tokens', { headers: plainOrigin, body: {} });
  assert.equal(forged.status, 403, 'a page over plain HTTP is another site');
  const renamed = { cookie: confirmed.cookie.replace('__Host-', '') };
  assert.equal((await call('GET /people/session', { headers: renamed })).status, 401);
  const both = { cookie: `lineproof_session=planted; ${confirmed.cookie}` };
  assert.equal(
    (await call('GET /people/session', { headers: both })).status,
    200,
    'a planted one changes nothing',
  );
  const out = await call('POST /people/logout', { headers });
  assert.match(
    String(out.headers['set-cookie']),
    /^__Host-lineproof_session=; Path=\/; Max-Age=0;.*; Secure$/,
  );
});
