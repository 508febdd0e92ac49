// The catalogue: every action the service offers, sorted by name.

import type { ActionDefinition } from '../core/action.ts';
import { callerIdentity } from './caller-identity.ts';
import { contactCodeSend, contactCodeSendDomestic } from './contact-code-send.ts';
import { contactDelete, contactDeleteDomestic } from './contact-delete.ts';
import { contactList, contactListDomestic } from './contact-list.ts';
import { contactVerify, contactVerifyDomestic } from './contact-verify.ts';
import {
  identityMatch,
  identityMatchMobile,
  identityMatchTelecom,
  identityMatchUnicom,
} from './identity-match.ts';
import { kmsCreateKey } from './kms-create-key.ts';
import { kmsDecrypt } from './kms-decrypt.ts';
import { kmsDescribeKey } from './kms-describe-key.ts';
import { kmsEncrypt } from './kms-encrypt.ts';
import { kmsGenerateDataKey } from './kms-generate-data-key.ts';
import { kmsGenerateRandom } from './kms-generate-random.ts';
import { kmsListKeys } from './kms-list-keys.ts';
import { kmsServiceStatus } from './kms-service-status.ts';
import { lineStatus } from './line-status.ts';
import { lineTenure } from './line-tenure.ts';
import { nameMatch } from './name-match.ts';
import { verificationCheck } from './verification-check.ts';
import { verificationStart } from './verification-start.ts';

export const ACTIONS: readonly ActionDefinition[] = [
  callerIdentity,
  contactCodeSend,
  contactCodeSendDomestic,
  contactDelete,
  contactDeleteDomestic,
  contactList,
  contactListDomestic,
  contactVerify,
  contactVerifyDomestic,
  identityMatch,
  identityMatchMobile,
  identityMatchTelecom,
  identityMatchUnicom,
  kmsCreateKey,
  kmsDecrypt,
  kmsDescribeKey,
  kmsEncrypt,
  kmsGenerateDataKey,
  kmsGenerateRandom,
  kmsListKeys,
  kmsServiceStatus,
  lineStatus,
  lineTenure,
  nameMatch,
  verificationCheck,
  verificationStart,
];
