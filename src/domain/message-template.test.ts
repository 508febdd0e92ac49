import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CONTACT_KINDS } from './contact.ts';
import {
  BUILT_IN_TEMPLATES,
  fillTemplate,
  isSenderName,
  refuseTemplate,
  senderNameOf,
  TEMPLATE_SUBJECT_MAX,
  TEMPLATE_TEXT_MAX,
} from './message-template.ts';

const VALUES = { code: '123456', minutes: '5', name: 'Shop' };
const mail = (text: string, subject = 'Hello') => refuseTemplate('email', { subject, text });
const sms = (text: string, subject = '') => refuseTemplate('phone', { subject, text });

test('the built-in texts of each kind and language keep the rules and name code, minutes and sender', () => {
  for (const kind of CONTACT_KINDS)
    for (const language of ['en', 'zh'] as const) {
      const template = BUILT_IN_TEMPLATES[kind][language];
      assert.equal(refuseTemplate(kind, template), undefined);
      const { subject, text } = fillTemplate(template, VALUES);
      assert.match(text, /123456/);
      assert.match(text, /5/);
      assert.match(subject + text, /Shop/);
      assert.doesNotMatch(subject + text, /[{}]/);
      assert.doesNotMatch(subject, /123456/);
    }
});

test('a text needs the code exactly once, and a subject must not show it', () => {
  assert.equal(sms('{code}'), undefined);
  for (const text of ['', 'no code', '{code} {code}', '{code}{code}', '{ code }', '{CODE}', '{}{code}'])
    assert.notEqual(sms(text), undefined, text);
  assert.match(mail('{code}', 'your {code}') ?? '', /subject/);
});

test('only what is known can be asked for', () => {
  assert.equal(sms('{name}: {code}, {minutes} min, again {minutes}'), undefined);
  for (const name of ['password', 'to', 'constructor', '__proto__', 'toString'])
    assert.match(sms(`{code} {${name}}`) ?? '', /not known/);
  assert.match(mail('{code}', 'for {mobile}') ?? '', /not known/);
});

test('a mail has a subject, a text message has none', () => {
  assert.match(sms('{code}', 'Hello') ?? '', /subject/);
  assert.match(mail('{code}', '') ?? '', /subject/);
  assert.match(mail('{code}', ' \t') ?? '', /subject/);
  assert.equal(mail('{code}'), undefined);
});

test('control characters but line breaks and tabs are refused: they could end a header or a field', () => {
  assert.equal(mail('a\n\tb {code}'), undefined);
  for (let unit = 0; unit < 0xa0; unit += 1) {
    const letter = String.fromCharCode(unit);
    if (!/\p{Cc}/u.test(letter)) continue;
    if (letter !== '\n' && letter !== '\t') assert.match(mail(`{code}${letter}`) ?? '', /control/, `${unit}`);
    assert.notEqual(mail('{code}', `a${letter}b`), undefined, `${unit} in a subject`);
  }
});

test('a text and a subject may be as long as the limits say and no longer', () => {
  const text = '{code}'.padEnd(TEMPLATE_TEXT_MAX, 'x');
  assert.equal(sms(text), undefined);
  assert.match(sms(`${text}x`) ?? '', /2000/);
  const subject = 's'.repeat(TEMPLATE_SUBJECT_MAX);
  assert.equal(mail('{code}', subject), undefined);
  assert.match(mail('{code}', `${subject}s`) ?? '', /200/);
});

test('why a text is refused never repeats more of it than the name of a placeholder', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 40 }), (text) => {
      const reason = sms(text);
      assert.ok(reason === undefined || !reason.includes(text));
    }),
  );
});

test('values are put in as they are: nothing in a name is filled again', () => {
  const { text } = fillTemplate(
    { subject: '', text: '{name} {code}' },
    { ...VALUES, name: '{code}{minutes}$&' },
  );
  assert.equal(text, '{code}{minutes}$& 123456');
});

test('whatever the name is, a subject stays one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const { subject } = fillTemplate({ subject: 'x {name}', text: '' }, { ...VALUES, name });
      assert.doesNotMatch(subject, /[\r\n\u2028\u2029]/);
    }),
  );
});

test('a text that was accepted holds the code once when it is filled', () => {
  const part = fc.constantFrom('{code}', '{name}', '{minutes}', '{x}', '{', '}', ' ', 'text', '验证码', '\n');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const template = { subject: '', text: parts.join('') };
      fc.pre(refuseTemplate('phone', template) === undefined);
      assert.equal(fillTemplate(template, VALUES).text.split('123456').length, 2);
    }),
  );
});

test('what stands for a name can bring along no placeholder, line or hidden mark', () => {
  for (const name of ['{code}', 'a}', 'a\nb', 'a\u0000', 'a\u202eb', 'a\u2028b', 'x'.repeat(65)])
    assert.equal(isSenderName(name), false, JSON.stringify(name));
  assert.ok(isSenderName('Ångström & 汉字 GmbH'));
  assert.equal(senderNameOf('', ' Shop {code}\u202e\n of Ann '), 'Shop code of Ann');
  assert.equal(senderNameOf('', 'x'.repeat(200)).length, 64);
  assert.equal(senderNameOf('Chosen', 'Shop'), 'Chosen');
});

test('marks that turn the writing direction stand in no text', () => {
  for (const mark of ['\u202e', '\u2066', '\u2028', '\ud800']) {
    assert.notEqual(sms(`{code}${mark}`), undefined, JSON.stringify(mark));
    assert.notEqual(mail('{code}', `Hello${mark}`), undefined, JSON.stringify(mark));
  }
});
