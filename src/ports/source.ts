// A source answers what is known of a line. The local registry answers at once; remote sources answer later.

import type { IdCard } from '../domain/id-card.ts';
import type { Msisdn } from '../domain/msisdn.ts';
import type { PersonName } from '../domain/person-name.ts';
import type { SubscriberRecord } from '../domain/subscriber.ts';

export interface Question {
  readonly msisdn: Msisdn;
  readonly name?: PersonName;
  readonly idCard?: IdCard;
}

export interface Source {
  readonly name: string;
  /** The record, or undefined when the source knows nothing of the number. Throws Fault when it cannot answer. */
  ask(question: Question): SubscriberRecord | undefined | Promise<SubscriberRecord | undefined>;
}

/** Which number ranges exist, who holds them and which actions may be asked of them. */
export interface NumberRanges {
  /** The row of the longest prefix that fits, or undefined. */
  find(msisdn: Msisdn): NumberRange | undefined;
}

export interface NumberRange {
  /** E.164 digits with the leading plus, e.g. '+86139'. */
  readonly prefix: string;
  readonly holder: string;
  /** Action names; empty means every action. */
  readonly actions: readonly string[];
}
