import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentNameOf, OPTIONS, type OptionName } from './options.ts';
import { describeUnknownSetting, findUnknownSettings } from './unknown-settings.ts';

test('a misspelt setting is found with the one that was meant', () => {
  for (const [variable, nearest] of [
    ['LINEPROOF_PROT', 'LINEPROOF_PORT'],
    ['LINEPROOF_HOTS', 'LINEPROOF_HOST'],
    ['LINEPROOF_port', 'LINEPROOF_PORT'],
    ['lineproof_port', 'LINEPROOF_PORT'],
    ['LINEPROOF_MASTERKEY', 'LINEPROOF_MASTER_KEY'],
    ['LINEPROOF_RATE_PER_SEC', 'LINEPROOF_RATE_PER_SECOND'],
    ['LINEPROOF_TIMEZONE', 'LINEPROOF_TIME_ZONE'],
  ] as const) {
    assert.deepEqual(findUnknownSettings({ [variable]: 'x' }), [{ variable, nearest }]);
  }
});

test('what resembles no setting is found without a guess, what is no setting of ours is not found', () => {
  for (const variable of ['LINEPROOF_ELSEWHERE', 'LINEPROOF_', `LINEPROOF_${'X'.repeat(5000)}`])
    assert.deepEqual(findUnknownSettings({ [variable]: 'x' }), [{ variable }]);
  assert.deepEqual(findUnknownSettings({ PATH: 'x', LINEPROOFPORT: '1', MY_LINEPROOF_PORT: '1' }), []);
  assert.deepEqual(findUnknownSettings({ LINEPROOF_PROT: '' }), [], 'set to nothing, as an unset one');
});

test('every setting is known', () => {
  const all = (Object.keys(OPTIONS) as OptionName[]).map((name) => [environmentNameOf(name), 'x']);
  assert.deepEqual(findUnknownSettings(Object.fromEntries(all)), []);
});

test('the sentence names what was meant and never the value', () => {
  const [found] = findUnknownSettings({ LINEPROOF_MASTERKEY: 'Zk9Qm3xL' });
  assert.ok(found);
  assert.match(describeUnknownSetting(found), /LINEPROOF_MASTERKEY .* did you mean LINEPROOF_MASTER_KEY\?$/);
  assert.ok(!JSON.stringify([found, describeUnknownSetting(found)]).includes('Zk9Qm3xL'));
});
