// The operator's own subscriber records as a source. Names and ID cards are compared by blind index, in constant time.

import { timingSafeEqual } from 'node:crypto';
import { msisdnToInteger } from '../../domain/msisdn.ts';
import type { SubscriberRecord } from '../../domain/subscriber.ts';
import type { Question, Source } from '../../ports/source.ts';
import type { SubscriberLookup } from '../../ports/subscriber-store.ts';
import { createBlindIndex } from './blind-index.ts';

export interface RegistrySourceOptions {
  readonly lookup: SubscriberLookup;
  readonly blindIndexKey: Uint8Array;
}

export const REGISTRY_SOURCE_NAME = 'registry';

/** Answers at once, on the calling thread. */
export interface RegistrySource extends Source {
  ask(question: Question): SubscriberRecord | undefined;
}

export function createRegistrySource(options: RegistrySourceOptions): RegistrySource {
  const { lookup } = options;
  const blindIndex = createBlindIndex(options.blindIndexKey);
  return {
    name: REGISTRY_SOURCE_NAME,
    ask({ msisdn, name, idCard }) {
      const number = msisdnToInteger(msisdn);
      const stored = lookup.find(number, name !== undefined || idCard !== undefined);
      if (stored === undefined) return undefined;
      const { status, activatedOn, carrier, asOf, nameHash, idCardHash } = stored;
      return {
        status,
        activatedOn,
        carrier,
        asOf,
        nameMatches:
          name === undefined || nameHash === undefined
            ? undefined
            : timingSafeEqual(nameHash, blindIndex.ofName(number, name)),
        idCardMatches:
          idCard === undefined || idCardHash === undefined
            ? undefined
            : timingSafeEqual(idCardHash, blindIndex.ofIdCard(number, idCard)),
      };
    },
  };
}
