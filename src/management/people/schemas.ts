// Schemas that the calls of people share.

import { Type } from '../../core/json-schema.ts';
import { EMAIL_MAX_LENGTH } from '../../domain/email-address.ts';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './password-rules.ts';

export const EMAIL = Type.String({ maxLength: EMAIL_MAX_LENGTH, minLength: 3 });
/** One that exists: rules may have been others when it was chosen. */
export const PASSWORD = Type.String({ minLength: 1, maxLength: PASSWORD_MAX_LENGTH });
export const NEW_PASSWORD = Type.String({
  minLength: 1,
  maxLength: PASSWORD_MAX_LENGTH,
  description: `${PASSWORD_MIN_LENGTH} or more characters.`,
});
export const CODE = Type.String({ minLength: 1, maxLength: 32 });
export const LANGUAGE = Type.Optional(Type.Enum(['en', 'zh']));

export const PERSON = Type.Object({
  id: Type.String(),
  account_id: Type.String(),
  email: Type.String(),
  created_at: Type.String(),
  totp_enabled: Type.Boolean(),
});

/** Always the same: it tells nothing about the address. */
export const ACCEPTED = Type.Object({ status: Type.Literal('accepted') });
export const ACCEPTED_BODY = { status: 'accepted' } as const;
