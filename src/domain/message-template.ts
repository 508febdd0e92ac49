// What is written to a contact: the built-in texts in English and Chinese, and the rules for texts of one's own.

import type { ContactKind } from './contact.ts';
import type { Language } from './language.ts';

export interface MessageText {
  /** Of mails; '' for text messages. */
  readonly subject: string;
  readonly text: string;
}

export interface TemplateValues {
  readonly code: string;
  readonly minutes: string;
  /** Who asks for the code. */
  readonly name: string;
}

export const BUILT_IN_TEMPLATES: Readonly<Record<ContactKind, Readonly<Record<Language, MessageText>>>> = {
  phone: {
    en: { subject: '', text: '{name}: your code is {code}, valid for {minutes} minutes. Tell it to nobody.' },
    zh: { subject: '', text: '【{name}】您的验证码为{code}，{minutes}分钟内有效，请勿告诉他人。' },
  },
  email: {
    en: {
      subject: '{name}: your code',
      text: 'Your code is {code}. It is valid for {minutes} minutes.\n\nEnter it only where you asked for it yourself, and tell it to nobody. If you have not asked for it, ignore this message.',
    },
    zh: {
      subject: '{name}：您的验证码',
      text: '您的验证码为 {code}，{minutes} 分钟内有效。\n\n请仅在您本人申请验证码的页面输入，请勿告诉他人。如非本人操作，请忽略此邮件。',
    },
  },
};

export const TEMPLATE_TEXT_MAX = 2000;
export const TEMPLATE_SUBJECT_MAX = 200;

const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = new Set<string>(['code', 'minutes', 'name'] satisfies (keyof TemplateValues)[]);
// Control characters but line breaks and tabs: they change what other systems make of a text.
const CONTROL = /[\p{Cc}--[\n\t]]/v;

// What reads otherwise than it is written, and half characters.
const HIDING = /[\u202a-\u202e\u2066-\u2069\u2028\u2029\p{Cs}]/u;

export function fillTemplate({ subject, text }: MessageText, values: TemplateValues): MessageText {
  const fill = (template: string): string =>
    template.replace(PLACEHOLDER, (whole, name: string) =>
      KNOWN.has(name) ? values[name as keyof TemplateValues] : whole,
    );
  return { subject: fill(subject).replace(/\s+/g, ' '), text: fill(text) };
}

/** Why a text cannot be used, as a sentence; undefined when it can. Its length in messages is judged elsewhere. */
export function refuseTemplate(kind: ContactKind, { subject, text }: MessageText): string | undefined {
  if (text.length > TEMPLATE_TEXT_MAX) return `text has more than ${TEMPLATE_TEXT_MAX} characters`;
  if (subject.length > TEMPLATE_SUBJECT_MAX)
    return `subject has more than ${TEMPLATE_SUBJECT_MAX} characters`;
  if (kind === 'phone' && subject !== '') return 'a text message has no subject';
  if (kind === 'email' && subject.trim() === '') return 'a mail needs a subject';
  if (CONTROL.test(text) || /\p{Cc}/u.test(subject)) return 'control characters cannot be sent';
  if (HIDING.test(text) || HIDING.test(subject))
    return 'marks that turn the writing direction cannot be sent';
  const names = [...text.matchAll(PLACEHOLDER), ...subject.matchAll(PLACEHOLDER)].map(
    ([, name = '']) => name,
  );
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown !== undefined)
    return `{${unknown.slice(0, 32)}} is not known: use {code}, {minutes} and {name}`;
  if (text.split('{code}').length !== 2) return 'text needs {code} exactly once';
  if (subject.includes('{code}')) return 'a subject is shown on locked screens and must not hold the code';
  return undefined;
}

export const SENDER_NAME_MAX = 64;
/** What would be read as a placeholder, or end a line, or hide a part of the text. */
const UNFIT_FOR_NAMES = /[{}\p{C}\p{Zl}\p{Zp}]/gu;

/** Can it stand for {name}? */
export function isSenderName(name: string): boolean {
  return name.length <= SENDER_NAME_MAX && name.replace(UNFIT_FOR_NAMES, '') === name;
}

/** What stands for {name}: the account's choice, or its own name, which nobody chose for messages. */
export function senderNameOf(chosen: string, accountName: string): string {
  if (chosen !== '') return chosen;
  return accountName.replace(UNFIT_FOR_NAMES, '').slice(0, SENDER_NAME_MAX).trim();
}
