// The management calls over real HTTP: a person from registration to log-out, and what an attacker tries on the way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeMailedTo } from '../support/mailed-code.ts';
import { createManagementClient } from '../support/management-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PASSWORD = 'seven green bicycles';
const ANN = { email: 'ann@example.org', password: PASSWORD };

let server: RunningServer;
let client: ReturnType<typeof createManagementClient>;
after(() => server?.kill());
const data = makeTemporaryDirectory({ after });

before(async () => {
  server = await startServer({
    data: `${data}/data`,
    args: [
      ...['--password-memory-kib', '8192', '--password-passes', '1', '--log-requests', 'all'],
      ...['--trusted-proxies', '10.0.0.0/8', '--management-body-max-bytes', '2048'],
    ],
  });
  client = createManagementClient(server.port);
});

let signedUp: Promise<string> | undefined;
/** Ann's session. */
function signUp(): Promise<string> {
  signedUp ??= (async () => {
    assert.equal((await client.call('POST /people/register', { body: ANN })).status, 202);
    const code = await codeMailedTo(server, ANN.email);
    const confirmed = await client.call('POST /people/confirm/', { body: { ...ANN, code } });
    assert.equal(confirmed.status, 201, confirmed.text);
    return confirmed.cookie;
  })();
  return signedUp;
}

async function logIn(): Promise<string> {
  await signUp();
  const answer = await client.call('POST /people/login', { body: ANN });
  assert.equal(answer.status, 200, answer.text);
  return answer.cookie;
}

test('a person registers, confirms with the mailed code, logs in and logs out over HTTP', async () => {
  await signUp();
  const login = await client.call('POST /people/login', { body: ANN });
  assert.equal(login.status, 200);
  const [cookie = ''] = login.headers['set-cookie'] ?? [];
  assert.match(
    cookie,
    /^lineproof_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
    'over plain HTTP on the machine itself there is no Secure',
  );
  const headers = client.withSession(login.cookie);
  const { status, json } = await client.call('GET /people/session', { headers });
  assert.equal(status, 200);
  assert.equal(json.email, ANN.email);
  const out = await client.call('POST /people/logout', { headers });
  assert.equal(out.status, 204);
  assert.match(String(out.headers['set-cookie']), /^lineproof_session=; Path=\/; Max-Age=0;/);
  assert.equal((await client.call('GET /people/session', { headers })).status, 401);
});

test('a session changes nothing unless this origin asks with JSON', async () => {
  const cookie = await logIn();
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['no origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['another site says the browser', { origin: client.origin, 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['a form', { origin: client.origin, 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { origin: client.origin, 'content-type': 'text/plain' }],
    ['a look-alike type', { origin: client.origin, 'content-type': 'application/jsonp' }],
  ];
  for (const [what, headers] of attempts) {
    const { status, json } = await client.call('POST /people/logout', { headers: { cookie, ...headers } });
    assert.equal(status, 403, what);
    assert.equal((json.error as { code: string }).code, 'csrf', what);
  }
  const { status } = await client.call('GET /people/session', { headers: { cookie } });
  assert.equal(status, 200, 'the session is still there, and reading needs no origin');
});

test('no other site signs somebody in, and no form does', async () => {
  await signUp();
  const evil = { origin: 'https://evil.example' };
  assert.equal((await client.call('POST /people/login', { body: ANN, headers: evil })).status, 403);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const text = 'email=ann%40example.org&password=seven+green+bicycles';
  assert.equal((await client.call('POST /people/login', { text, headers: form })).status, 400);
});

test('behind a proxy nobody signs in over plain HTTP, and no session is read', async () => {
  const cookie = await logIn();
  const proxied = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
  const login = await client.call('POST /people/login', { body: ANN, headers: proxied });
  assert.equal(login.status, 403, 'this proxy is not trusted: what it says of TLS is not believed');
  assert.equal(login.headers['set-cookie'], undefined);
  const read = await client.call('GET /people/session', { headers: { cookie, ...proxied } });
  assert.equal(read.status, 401);
});

test('a planted second cookie, a wrong one and a token in its place are no session', async () => {
  const cookie = await logIn();
  const planted = [
    `${cookie}; lineproof_session=planted`,
    'lineproof_session=planted',
    `__Host-${cookie}`,
    cookie.slice(0, -1),
  ];
  for (const one of planted)
    assert.equal((await client.call('GET /people/session', { headers: { cookie: one } })).status, 401, one);
  const bearer = { authorization: `Bearer ${cookie.split('=')[1]}` };
  assert.equal((await client.call('GET /people/session', { headers: bearer })).status, 401);
});

test('a platform token reads without cookie or origin, cannot make others, and is dead when it is revoked', async () => {
  const headers = client.withSession(await logIn());
  const made = await client.call('POST /platform-tokens/', { headers, body: { name: 'ci' } });
  assert.equal(made.status, 201, made.text);
  const { token, id } = made.json as { token: string; id: string };
  assert.match(token, /^platform-v1-[0-9a-f]{64}$/);
  const bearer = { authorization: `Bearer ${token}` };
  assert.equal((await client.call('GET /platform-tokens/me', { headers: bearer })).json.id, id);
  const again = await client.call('POST /platform-tokens', { headers: bearer, body: {} });
  assert.equal(again.status, 401);
  assert.deepEqual(Object.keys(again.json), ['detail', 'code', 'trace_id'], "AceData's envelope");
  assert.match(String(again.json.trace_id), /^[0-9a-f]{32}$/);
  assert.equal((await client.call(`DELETE /platform-tokens/${id}`, { headers })).status, 204);
  assert.equal((await client.call('GET /platform-tokens/me', { headers: bearer })).status, 401);
});

test('what is not there, the wrong method and the wrong input say so in the envelope', async () => {
  const cases: readonly (readonly [string, number, string, object])[] = [
    ['GET /nothing', 404, 'not_found', {}],
    ['GET /people/login', 405, 'method_not_allowed', {}],
    ['PUT /people/session', 405, 'method_not_allowed', {}],
    ['POST /people/login', 400, 'bad_request', { text: '{"email":' }],
    ['POST /people/login', 400, 'bad_request', { text: '[1]' }],
    [
      'POST /people/login',
      400,
      'bad_request',
      { text: '{"email":"a@b.org","email":"c@d.org","password":"x"}' },
    ],
    ['POST /people/login', 400, 'bad_request', { body: { email: 'ann@example.org' } }],
    ['POST /people/login', 400, 'bad_request', { body: { ...ANN, password: 7 } }],
    ['POST /people/login', 413, 'too_large', { body: { ...ANN, password: 'x'.repeat(3000) } }],
    ['GET /people/session?x=1', 401, 'not_signed_in', {}],
  ];
  for (const [line, status, code, call] of cases) {
    const answer = await client.call(line, call);
    assert.equal(answer.status, status, `${line} ${answer.text}`);
    const { success, error, trace_id: traceId } = answer.json as Record<string, { code: string }>;
    assert.equal(success as unknown, false);
    assert.equal(error?.code, code);
    assert.match(String(traceId), /^[0-9a-f-]{36}$/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['content-type'], 'application/json');
    if (status === 405) assert.ok(answer.headers.allow !== undefined);
  }
});

test('an error names the field and never its value', async () => {
  const secret = 'a-value-that-must-not-come-back';
  const cases = [
    { body: { ...ANN, password: { secret } }, field: 'password' },
    { body: { password: PASSWORD }, field: 'email' },
    { body: { ...ANN, totp: secret.repeat(3) }, field: 'totp' },
  ];
  for (const { body, field } of cases) {
    const { text, json } = await client.call('POST /people/login', { body });
    assert.match((json.error as { message: string }).message, new RegExp(`\\b${field}\\b`));
    assert.ok(!text.includes(secret));
  }
});

test('queries are bounded, have no parameter twice and none that the call does not know', async () => {
  const headers = client.withSession(await logIn());
  for (const query of ['limit=10&limit=20', 'limt=10', 'limit=many', `limit=1&offset=${'0'.repeat(5000)}`]) {
    const answer = await client.call(`GET /platform-tokens?${query}`, { headers });
    assert.equal(answer.status, 400, query.slice(0, 40));
    assert.equal(answer.json.code, 'bad_request');
  }
  assert.equal((await client.call('GET /platform-tokens?limit=2', { headers })).status, 200);
});

test('who tries too often waits as long as the answer says', async () => {
  const body = { email: 'eve@example.org', password: 'a wrong password' };
  let answer = await client.call('POST /people/login', { body });
  for (let tries = 0; answer.status === 401 && tries < 100; tries += 1)
    answer = await client.call('POST /people/login', { body });
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers['retry-after']) > 0);
});

test('the usage of an account streams as CSV to its session and its platform token only', async () => {
  const headers = client.withSession(await logIn());
  const csv = await client.call('GET /usage/apis/export', { headers });
  assert.equal(csv.status, 200, csv.text);
  assert.match(String(csv.headers['content-type']), /^text\/csv/);
  assert.match(csv.text, /^Usage ID,API,Status Code/);
  assert.equal((await client.call('GET /usage/apis/export')).status, 401);
  assert.equal((await client.call('HEAD /usage/apis/export', { headers })).status, 405);
});

test('the log has the call by name, and neither address, code, cookie nor password', async () => {
  const cookie = await logIn();
  await client.call('GET /people/session?x=ann@example.org', { headers: { cookie } });
  const lines = server
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  assert.ok(lines.some((line) => line.includes('"action":"login"')));
  const log = lines.join('\n');
  for (const secret of [ANN.email, PASSWORD, cookie.split('=')[1] ?? '', '127.0.0.1"'])
    assert.ok(!log.includes(secret), secret);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(
    metrics,
    /lineproof_calls_total\{protocol="management",action="login",kind="outcome",result="ok"\}/,
  );
});

test('an address that cannot be read is refused as everything else is, and not repeated', async () => {
  const headers = { cookie: await logIn() };
  for (const path of ['/credentials/%FF', `/credentials/${'a'.repeat(3000)}`]) {
    const { status, json, text, headers: answered } = await client.call(`GET ${path}`, { headers });
    assert.equal(status, 400, text);
    // Where the path is one of AceData's, its envelope.
    assert.equal((json.error as { code: string } | undefined)?.code ?? json.code, 'bad_request');
    assert.match(String(json.trace_id), /^[\w-]{8,}$/);
    assert.equal(answered['x-content-type-options'], 'nosniff');
    assert.equal(answered['cache-control'], 'no-store');
    assert.ok(!text.includes('%FF') && !text.includes('aaaa') && !text.includes('FST_'), text);
  }
});
