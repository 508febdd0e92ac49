import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contact, parseEmailContact, parsePhoneContact } from '../../domain/contact.ts';
import { FAULTS, Fault, type FaultCode } from '../../domain/fault.ts';
import { GUARDS } from '../../ports/verifications.ts';
import { CONTACT_ACTIONS, type ContactAction, SANDBOX_DOMAIN } from './contact-row.ts';
import { createSandbox } from './create-sandbox.ts';
import { RECIPIENT_REHEARSAL } from './recipient-rehearsal.ts';
import { CONTACT_TABLE } from './table-contacts.ts';

const ACTIONS = Object.keys(CONTACT_ACTIONS) as ContactAction[];
const OF_LISTS = new Set<ContactAction>(['contact-list', 'contact-list-domestic']);

const slept: number[] = [];
const clock = { nowMs: () => 0, sleep: async (delayMs: number) => void slept.push(delayMs) };
const sandboxOf = (region: string) => createSandbox({ clock, region, maxDelayedCalls: 10 });

async function play(action: ContactAction, input: Record<string, unknown>, region = 'CN'): Promise<string> {
  try {
    const answer = await sandboxOf(region).rehearse(action, input);
    return answer?.outcome ?? 'nothing';
  } catch (error) {
    assert.ok(error instanceof Fault);
    return error.code;
  }
}

const toNumber = (contact: string, verifyCode = '123456') => ({ type: 1, contact, verifyCode });
const toAddress = (contact: string, verifyCode = '123456') => ({ type: 2, contact, verifyCode });

/** As an action names it: lists have a search, or only a number of a page. */
function naming(action: ContactAction, row: { readonly number: string | undefined }) {
  return action === 'contact-list' ? { type: 1, offset: Number(row.number) } : toNumber(row.number ?? '');
}

function contactOf(text: string): Contact {
  const contact = text.includes('@') ? parseEmailContact(text) : parsePhoneContact(text, 'CN');
  assert.ok(contact !== undefined, text);
  return contact;
}

test('the documented request succeeds however often it is repeated, in every region', async () => {
  for (const region of ['CN', 'US', 'DE']) {
    for (let time = 0; time < 3; time += 1) {
      const request = toNumber('18766554433');
      assert.equal(await play('contact-code-send', request, region), 'code_sent');
      assert.equal(await play('contact-verify', request, region), 'code_verified');
      assert.equal(await play('contact-delete', request, region), 'completed');
    }
  }
});

test('whoever is well formed is sent 123456 and nothing else', async () => {
  for (const request of [toNumber('13912345678'), toNumber('+14155550123'), toAddress('Bo@example.com')]) {
    assert.equal(await play('contact-code-send', request), 'code_sent');
    assert.equal(await play('contact-verify', request), 'code_verified');
    assert.equal(await play('contact-verify', { ...request, verifyCode: ' 123-456 ' }), 'code_verified');
    assert.equal(await play('contact-verify', { ...request, verifyCode: '654321' }), 'code_wrong');
    assert.equal(await play('contact-delete', request), 'completed');
  }
});

test('what is malformed gives the format faults', async () => {
  for (const action of ACTIONS.filter((name) => !OF_LISTS.has(name))) {
    assert.equal(await play(action, toNumber('12')), 'contact_number_invalid', action);
    assert.equal(await play(action, toNumber('ann@example.org')), 'contact_number_invalid', action);
    assert.equal(await play(action, toAddress('ann')), 'contact_address_invalid', action);
    assert.equal(await play(action, toAddress('13912345678')), 'contact_address_invalid', action);
    assert.equal(await play(action, { ...toNumber('18766554433'), type: 3 }), 'contact_kind_invalid', action);
  }
  for (const wrong of [
    { type: 3 },
    { type: 1, limit: 0 },
    { type: 1, limit: 201 },
    { type: 1, offset: -1 },
  ]) {
    assert.equal(await play('contact-list', wrong), 'contact_kind_invalid');
    assert.equal(await play('contact-list-domestic', wrong), 'parameter_invalid');
  }
  assert.equal(await play('contact-list', { type: 0 }), 'contact_kind_invalid');
});

test('every fault has a number and an address, the same for every action', async () => {
  for (const fault of Object.keys(FAULTS) as FaultCode[]) {
    const row = CONTACT_TABLE.find(
      ({ address }) => address === `${fault.replaceAll('_', '-')}@sandbox.invalid`,
    );
    assert.ok(row !== undefined, fault);
    for (const action of ACTIONS) {
      assert.equal(await play(action, naming(action, row)), fault, action);
      if (action !== 'contact-list')
        assert.equal(await play(action, toAddress(row.address ?? '')), fault, action);
    }
  }
});

test('recipients are documented once, with numbers and addresses that are nobody’s', () => {
  const numbers = CONTACT_TABLE.flatMap(({ number }) => number ?? []);
  const addresses = CONTACT_TABLE.flatMap(({ address }) => address ?? []);
  assert.equal(new Set(numbers).size, numbers.length);
  assert.equal(new Set(addresses).size, addresses.length);
  for (const number of numbers) assert.match(number, /^(?:169000[123]\d{4}|18766554433|123654323\d\d)$/);
  for (const address of addresses) {
    assert.ok(address.endsWith(`@${SANDBOX_DOMAIN}`), address);
    assert.equal(contactOf(address).mailbox, address);
  }
});

test('a recipient is known with its country code, in capitals and with a tag', async () => {
  for (const number of ['+8616900030301', '008616900030301', ' 16900030301 '])
    assert.equal(await play('contact-verify', toNumber(number)), 'code_unusable', number);
  for (const address of ['Code-Over@Sandbox.Invalid', 'code-over+shop@sandbox.invalid'])
    assert.equal(await play('contact-verify', toAddress(address)), 'code_unusable', address);
});

test('each guard has a recipient that it refuses, and nothing else about it fails', async () => {
  const refused = new Map<string, string>();
  for (const guard of GUARDS) {
    const request = toAddress(`guard-${guard.replaceAll('_', '-')}@sandbox.invalid`);
    refused.set(guard, await play('contact-code-send', request));
    assert.equal(await play('contact-verify', request), 'code_verified');
  }
  assert.equal(refused.get('delay'), 'send_too_early');
  for (const guard of ['account', 'address', 'user']) assert.equal(refused.get(guard), 'send_limit_reached');
  assert.equal([...refused.values()].filter((fault) => fault === 'send_refused').length, GUARDS.length - 4);
});

test('slow recipients answer when they are documented to', async () => {
  slept.length = 0;
  assert.equal(await play('contact-code-send', toNumber('16900020002')), 'code_sent');
  assert.equal(await play('contact-verify', toAddress('slow-5@sandbox.invalid')), 'code_verified');
  assert.equal(await play('contact-verify', toNumber('16900020110')), 'overloaded');
  assert.equal(await play('contact-list', { type: 1, offset: 16900020210 }), 'source_timeout');
  assert.deepEqual(slept, [2000, 5000, 10_000, 10_000]);
});

test('lists show the two documented contacts, page by page, whatever was verified', async () => {
  const list = async (action: ContactAction, input: Record<string, unknown>) =>
    (await sandboxOf('CN').rehearse(action, input))?.output;
  const number = { code: '18766554433', type: 1, createdOn: '2021-04-23 17:40:27' };
  const address = { code: 'ann@example.org', type: 2, createdOn: '2021-09-28 12:10:10' };
  assert.deepEqual(await list('contact-list', { type: 1 }), { phoneEmailList: [number], totalCount: 1 });
  assert.deepEqual(await list('contact-list', { type: 2, limit: 1, offset: 1 }), {
    phoneEmailList: [address],
    totalCount: 1,
  });
  assert.deepEqual(await list('contact-list', { type: 1, offset: 2 }), { phoneEmailList: [], totalCount: 1 });
  const masked = [
    { ...address, code: 'a***@example.org', checkStatus: 1 },
    { ...number, code: '187***4433', checkStatus: 1 },
  ];
  assert.deepEqual(await list('contact-list-domestic', {}), { phoneEmailList: masked, totalCount: 2 });
  assert.deepEqual(await list('contact-list-domestic', { offset: 1, limit: 1 }), {
    phoneEmailList: masked.slice(1),
    totalCount: 2,
  });
  for (const contact of ['18766554433', '+8618766554433']) {
    const found = { phoneEmailList: masked.slice(1), totalCount: 1 };
    assert.deepEqual(await list('contact-list-domestic', { contact }), found, contact);
  }
  for (const contact of ['13912345678', 'nobody', '@'])
    assert.deepEqual(await list('contact-list-domestic', { contact }), { phoneEmailList: [], totalCount: 0 });
});

test('a message comes as far as documented, by its age', () => {
  const stages = (to: string, ...agesMs: number[]) =>
    agesMs.map((ageMs) => {
      const { deliveryState, channel, reason } = RECIPIENT_REHEARSAL.deliver(contactOf(to), ageMs);
      assert.equal(channel, 'sandbox');
      return reason === '' ? deliveryState : `${deliveryState}: ${reason}`;
    });
  assert.deepEqual(stages('13912345678', 0, 1e9), ['delivered', 'delivered']);
  assert.deepEqual(stages('16900030000', -1, 0), ['delivered', 'delivered']);
  assert.deepEqual(stages('no-receipt@sandbox.invalid', 0, 1e9), ['sent', 'sent']);
  assert.deepEqual(stages('+8616900030002', 4999, 5000), ['sent', 'failed: UNDELIV']);
  assert.deepEqual(stages('channel-down@sandbox.invalid', 4999, 5000), ['queued', 'failed: ECONNECTION']);
  assert.deepEqual(stages('16900030004', 299_999, 300_000), ['queued', 'expired']);
  assert.deepEqual(stages('16900030005', 0), ['sent: unconfirmed']);
  assert.deepEqual(stages('late-30@sandbox.invalid', 29_999, 30_000), ['sent', 'delivered']);
});

test('recipients mean the same to whoever asks without an action', () => {
  const { refuseSend, refuseCode } = RECIPIENT_REHEARSAL;
  assert.equal(refuseSend(contactOf('13912345678')), undefined);
  assert.equal(refuseSend(contactOf('guard-breaker@sandbox.invalid')), 'send_refused');
  assert.equal(refuseSend(contactOf('16900030006')), 'send_failed');
  assert.equal(refuseCode(contactOf('13912345678'), '123456'), undefined);
  assert.equal(refuseCode(contactOf('13912345678'), '123457'), 'code_wrong');
  assert.equal(refuseCode(contactOf('already-verified@sandbox.invalid'), '123456'), 'contact_verified');
});
