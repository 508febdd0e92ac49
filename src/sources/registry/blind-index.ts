// Blind indexes of names and ID cards (design section 3): HMAC-SHA256 over field, MSISDN and normalised value, cut to
// 16 bytes. Bound to the number, so equal names in two rows differ and frequency tells nothing.

import { prepareHmacSha256 } from '../../codecs/hmac-sha256.ts';
import type { IdCard } from '../../domain/id-card.ts';
import type { PersonName } from '../../domain/person-name.ts';
import { BLIND_INDEX_BYTES } from '../../ports/subscriber-store.ts';

export interface BlindIndex {
  ofName(msisdn: number, name: PersonName): Uint8Array;
  ofIdCard(msisdn: number, idCard: IdCard): Uint8Array;
}

export function createBlindIndex(key: Uint8Array): BlindIndex {
  const authenticate = prepareHmacSha256(key);
  // Field and number hold no line feed, so the three parts cannot be read in any other way.
  const of = (field: string, msisdn: number, value: string): Uint8Array =>
    authenticate(`${field}\n${msisdn}\n${value}`).subarray(0, BLIND_INDEX_BYTES);
  return {
    ofName: (msisdn, name) => of('name', msisdn, name),
    ofIdCard: (msisdn, idCard) => of('id-card', msisdn, idCard),
  };
}
