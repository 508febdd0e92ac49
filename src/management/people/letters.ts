// What is written to people, in English and Chinese. Nothing that a stranger typed is repeated in a letter.

import type { Mail } from '../../ports/channel.ts';
import type { MailLanguage } from '../../ports/people.ts';

interface Letter {
  readonly subject: string;
  readonly text: string;
}

export const LETTERS = {
  confirm: {
    en: {
      subject: 'Your confirmation code',
      text: 'Your code is {code}. It is valid for {minutes} minutes.\n\nEnter it only where you have just registered yourself. If you have not, ignore this message.',
    },
    zh: {
      subject: '您的验证码',
      text: '您的验证码是 {code}，{minutes} 分钟内有效。\n\n请仅在您本人刚刚注册的页面输入。如非本人操作，请忽略此邮件。',
    },
  },
  known: {
    en: {
      subject: 'You are registered already',
      text: 'Somebody tried to register with this address, which has an account already. Nothing was changed.\n\nIf it was you, log in, or reset your password if you have forgotten it.',
    },
    zh: {
      subject: '您已注册',
      text: '有人尝试使用此邮箱注册，但该邮箱已有账户。账户未作任何更改。\n\n如果是您本人，请直接登录；如忘记密码，请重置密码。',
    },
  },
  reset: {
    en: {
      subject: 'Your code for a new password',
      text: 'Your code is {code}. It is valid for {minutes} minutes.\n\nIf you have not asked for a new password, ignore this message: your password stays as it is.',
    },
    zh: {
      subject: '重置密码验证码',
      text: '您的验证码是 {code}，{minutes} 分钟内有效。\n\n如果您没有申请重置密码，请忽略此邮件，您的密码不会改变。',
    },
  },
  changed: {
    en: {
      subject: 'Your password was changed',
      text: 'The password of your account was changed and other sessions were ended. Platform tokens stay valid: delete those that you do not know.\n\nIf it was not you, reset your password at once.',
    },
    zh: {
      subject: '您的密码已更改',
      text: '您账户的密码已更改，其他会话已结束。平台令牌继续有效，请删除您不认识的令牌。\n\n如非本人操作，请立即重置密码。',
    },
  },
  renewed: {
    en: {
      subject: 'Your password was reset',
      text: 'The password of your account was reset. All sessions were ended and all platform tokens were revoked; credentials of the account still work: rotate or delete those that somebody else may know.\n\nIf it was not you, reset your password at once.',
    },
    zh: {
      subject: '您的密码已重置',
      text: '您账户的密码已重置，所有会话已结束，所有平台令牌已吊销。账户的凭证仍然有效：如可能已泄露，请轮换或删除。\n\n如非本人操作，请立即重置密码。',
    },
  },
  totpDisabled: {
    en: {
      subject: 'The authenticator was turned off',
      text: 'Your account no longer asks for the one-time password of an authenticator.\n\nIf it was not you, reset your password at once.',
    },
    zh: {
      subject: '动态口令已关闭',
      text: '您的账户登录时不再需要动态口令。\n\n如非本人操作，请立即重置密码。',
    },
  },
} as const satisfies Record<string, Record<MailLanguage, Letter>>;

export function writeLetter(
  name: keyof typeof LETTERS,
  language: MailLanguage,
  to: string,
  values: Readonly<Record<string, string>> = {},
): Mail {
  const { subject, text }: Letter = LETTERS[name][language];
  return { to, subject, text: `${text.replace(/\{(\w+)\}/g, (_, field: string) => values[field] ?? '')}\n` };
}
