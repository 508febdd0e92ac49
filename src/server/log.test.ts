import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(
    createLog('info', ['secretKey', 'token', 'authorization'], {
      write: (line: string) => void lines.push(line),
    }),
  );
  return lines.join('');
}

test('an error is logged with its place but without the data that parsers put into messages', () => {
  const inputs = [
    '{"Mobile":"13800138000","Name":"张三","IdCard":"11010519491231002X"',
    '"张三 13800138000"x',
    '13800138000 is not a number',
    '张三',
  ];
  for (const input of inputs) {
    const text = logged((log) => {
      try {
        JSON.parse(input);
      } catch (error) {
        log.error({ requestId: 'r-1', err: error }, 'failed');
      }
      log.error(
        { err: new Error(`cannot use ${input}`, { cause: new Error(`because of ${input}`) }) },
        'failed',
      );
    });
    assert.match(text, /SyntaxError/);
    assert.match(text, /log\.test\.ts/, 'where it happened');
    for (const secret of ['13800138000', '张三', '11010519491231002X'])
      assert.ok(!text.includes(secret), text);
  }
});

test('fields that hold secrets are left out at any place where they could be handed in', () => {
  const secret = 'Zk9Qm3xLr8Tn2Vb7Wc5Yd1Hs6Jg4Pf0A';
  const text = logged((log) => {
    log.info({ secretKey: secret, token: secret, authorization: secret }, 'top');
    log.info({ key: { secretKey: secret, token: secret }, headers: { authorization: secret } }, 'nested');
  });
  assert.match(text, /nested/);
  assert.ok(!text.includes(secret));
});

test('each line is one JSON object with level, time and message', () => {
  const line = JSON.parse(logged((log) => log.warn({ requestId: 'r-1' }, 'slow'))) as Record<string, unknown>;
  assert.equal(line.level, 'warn');
  assert.equal(line.requestId, 'r-1');
  assert.equal(line.msg, 'slow');
  assert.match(String(line.time), /^\d{4}-\d\d-\d\dT/);
});
