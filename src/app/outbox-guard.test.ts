import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseOutboxOnNetwork } from './outbox-guard.ts';

const SHOWN = { phone: 'outbox', email: 'smtp' };
const SENT = { phone: 'smpp,webhook', email: 'smtp' };
const settings = (host: string, codeChannels = SHOWN, mailChannel = 'outbox', outboxAnywhere = 'no') => ({
  ...{ host, codeChannels, mailChannel, outboxAnywhere },
});

test('on a loopback address codes may be shown on the terminal', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost'])
    assert.doesNotThrow(() => refuseOutboxOnNetwork(settings(host)));
});

test('where others can call, a channel that only shows codes ends the start and names what to set', () => {
  for (const host of ['0.0.0.0', '192.0.2.1', 'lineproof.example'])
    assert.throws(
      () => refuseOutboxOnNetwork(settings(host)),
      /--code-channels and --mail-channel.*--outbox-anywhere/,
    );
  assert.throws(() => refuseOutboxOnNetwork(settings('0.0.0.0', SENT)), /set --mail-channel to/);
  assert.throws(() => refuseOutboxOnNetwork(settings('0.0.0.0', SHOWN, 'smtp')), /set --code-channels to/);
});

test('what really sends starts anywhere, and so does who insists', () => {
  assert.doesNotThrow(() => refuseOutboxOnNetwork(settings('0.0.0.0', SENT, 'smtp')));
  assert.doesNotThrow(() => refuseOutboxOnNetwork(settings('0.0.0.0', SHOWN, 'outbox', 'yes')));
});
