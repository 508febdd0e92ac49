// Against a real SMTP server on a port of its own.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { FIXED_CLOCK } from '../../../test/support/accounts.ts';
import { makeServerCertificate } from '../../../test/support/certificate.ts';
import { ChannelError } from '../../ports/channel.ts';
import { createSmtp } from './create-smtp.ts';
import type { SmtpOptions } from './open-transport.ts';

interface Received {
  readonly to: readonly string[];
  readonly from: string;
  readonly text: string;
  readonly isSecure: boolean;
}

const certificate = makeServerCertificate(['localhost']);
const SIGNAL = new AbortController().signal;

async function serve(
  t: TestContext,
  options: SMTPServerOptions,
): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    closeTimeout: 50,
    onData(stream, session, done) {
      let text = '';
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        received.push({ to: rcptTo.map(({ address }) => address), from, text, isSecure: session.secure });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, received };
}

function open(t: TestContext, port: number, more: Partial<SmtpOptions> = {}) {
  const channel = createSmtp({
    ...{ host: 'localhost', port, security: 'none', credentials: undefined, ca: undefined },
    ...{ from: 'lineproof@example.org', timeoutMs: 2000, connections: 1, clock: FIXED_CLOCK },
    ...more,
  });
  t.after(() => channel.close());
  return channel;
}

test('a mail arrives in plain, with its text in any script', async (t) => {
  const { port, received } = await serve(t, { disabledCommands: ['STARTTLS', 'AUTH'] });
  await open(t, port).deliver(
    { to: 'ann@example.org', subject: '您的验证码', text: '验证码 123456\n' },
    SIGNAL,
  );
  const [mail] = received;
  assert.deepEqual(
    [mail?.to, mail?.from, mail?.isSecure],
    [['ann@example.org'], 'lineproof@example.org', false],
  );
  assert.match(mail?.text ?? '', /Auto-Submitted: auto-generated/);
  const body = mail?.text.split('\r\n\r\n')[1] ?? '';
  const decoded = Buffer.from(body, 'base64').toString();
  assert.ok(
    decoded.includes('验证码 123456') ||
      decodeURIComponent(body.replace(/=\r\n/g, '').replaceAll('=', '%')).includes('123456'),
  );
});

test('with starttls or tls the mail travels encrypted, with the credentials', async (t) => {
  const withTls: SMTPServerOptions = {
    ...{ key: certificate.key, cert: certificate.cert, authOptional: false },
    onAuth: ({ username, password }, _session, done) =>
      username === 'u' && password === 'p' ? done(null, { user: 'u' }) : done(new Error('refused')),
  };
  const credentials = { user: 'u', password: 'p' };
  for (const [security, secure] of [
    ['starttls', false],
    ['tls', true],
  ] as const) {
    const { port, received } = await serve(t, { ...withTls, secure });
    const channel = open(t, port, { security, credentials, ca: certificate.ca });
    await channel.deliver({ to: 'ann@example.org', subject: 's', text: 't' }, SIGNAL);
    assert.equal(received[0]?.isSecure, true, security);
    const wrong = open(t, port, { security, credentials: { user: 'u', password: 'x' }, ca: certificate.ca });
    await assert.rejects(
      wrong.deliver({ to: 'ann@example.org', subject: 's', text: 't' }, SIGNAL),
      (error) => error instanceof ChannelError && !error.retryable && error.reason === '535',
    );
  }
});

test('a server without TLS, or with a certificate of nobody, gets no mail and no credentials', async (t) => {
  const credentials = { user: 'u', password: 'p' };
  const seen: string[] = [];
  const onAuth: SMTPServerOptions['onAuth'] = ({ username }, _session, done) => {
    seen.push(String(username));
    done(null, { user: 'u' });
  };
  const plain = await serve(t, { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, onAuth });
  const unknown = await serve(t, { key: certificate.key, cert: certificate.cert, onAuth });
  for (const { port, received } of [plain, unknown]) {
    const channel = open(t, port, { security: 'starttls', credentials });
    const mail = { to: 'ann@example.org', subject: 's', text: 't' };
    await assert.rejects(channel.deliver(mail, SIGNAL), ChannelError);
    assert.deepEqual([received, seen], [[], []]);
  }
});

test('refusals keep their number and no text, and tell whether another attempt helps', async (t) => {
  for (const responseCode of [451, 550]) {
    const { port } = await serve(t, {
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo({ address }, _session, done) {
        done(Object.assign(new Error(`${address} is not wanted`), { responseCode }));
      },
    });
    await assert.rejects(
      open(t, port).deliver({ to: 'ann@example.org', subject: 's', text: 't' }, SIGNAL),
      (error) => {
        assert.ok(error instanceof ChannelError);
        assert.deepEqual([error.reason, error.retryable], [String(responseCode), responseCode === 451]);
        assert.doesNotMatch(`${error.message}${error.stack}`, /ann@/);
        return true;
      },
    );
  }
});

test('no field can add a header or a recipient', async (t) => {
  const { port, received } = await serve(t, { disabledCommands: ['STARTTLS', 'AUTH'] });
  const channel = open(t, port);
  await channel.deliver(
    { to: 'ann@example.org', subject: 's\r\nBcc: eve@example.org', text: 't\r\n.\r\nQUIT' },
    SIGNAL,
  );
  for (const to of ['ann@example.org, eve@example.org', 'ann@example.org\r\nRCPT TO:<eve@example.org>'])
    await channel.deliver({ to, subject: 's', text: 't' }, SIGNAL).catch(() => {});
  for (const { to, text } of received) {
    assert.ok(!to.includes('eve@example.org'));
    assert.doesNotMatch(text, /^Bcc:/im);
  }
  assert.ok(received.length > 0);
});
