// Which passwords are refused (NIST SP 800-63B): short ones, the most common long ones, the person's own address.

import type { EmailAddress } from '../../domain/email-address.ts';
import { ManagementError } from '../route.ts';

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;

// Of the published lists of leaked passwords, the most frequent with 12 or more characters.
const COMMON = new Set([
  ...['123456789012', '1234567890123', '12345678901234', '123456789abc', '1234567890ab', '0123456789ab'],
  ...['password1234', 'password12345', 'password123456', 'passwordpassword', 'passw0rd1234', 'mypassword123'],
  ...[
    'qwertyuiop12',
    'qwertyuiop123',
    'qwertyuiopasdf',
    'qwertyuiopasdfghjkl',
    'qwerty123456',
    'qwerty1234567',
  ],
  ...['1qaz2wsx3edc', '1q2w3e4r5t6y', '1q2w3e4r5t6y7u8i', 'q1w2e3r4t5y6', 'qazwsxedcrfv', 'zaq12wsxcde3'],
  ...['asdfghjkl123', 'zxcvbnm12345', 'abcdefghijkl', 'abcdefghijklm', 'abcd12345678', 'abc123456789'],
  ...['iloveyou1234', 'iloveyouforever', 'letmein12345', 'welcome12345', 'administrator', 'administrator1'],
  ...[
    'changeme1234',
    'sunshine1234',
    'football1234',
    'princess1234',
    'superman1234',
    'correcthorsebatterystaple',
  ],
  ...['woaini1314520', 'woaini5201314', '147258369147', '987654321987', '123123123123', '112233445566'],
]);

/** Throws weak_password. Looks at the request alone, never at what is stored. */
export function refuseWeakPassword(password: string, email: EmailAddress): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const length = [...plain].length;
  const local = email.key.slice(0, email.key.indexOf('@'));
  const isOneCharacter = new Set(plain).size < 3;
  const weak = length < PASSWORD_MIN_LENGTH || COMMON.has(plain) || isOneCharacter;
  if (weak || plain === email.key || plain === local || plain === email.text.toLowerCase())
    throw new ManagementError('weak_password');
}
