// The sandbox: documented inputs give documented answers, deterministically, from one table (docs/reference/sandbox.md).
// It sees decrypted, schema-checked input before any format check, since documented inputs need not be well formed.

import type { Conclusion } from '../../domain/conclusion.ts';
import { Fault } from '../../domain/fault.ts';
import { parsePersonName } from '../../domain/person-name.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rehearsal } from '../../ports/rehearsal.ts';
import { type Answer, isRehearsed, RESERVED_RANGE, type SandboxRow } from './answer.ts';
import { answerContact } from './answer-contact.ts';
import { isContactAction } from './contact-row.ts';
import { answerByDefault, DEFAULT_ANSWERS } from './default-answer.ts';
import { withoutCountryCode } from './documented-number.ts';
import type { VerificationRehearsal } from './rehearse-verification.ts';
import { SANDBOX_TABLE } from './table.ts';
import { detailOf, findPlatformFault, PLATFORM_FIELDS } from './table-faults.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** Region of numbers without a country code. */
  readonly region: string;
  /** Calls that may wait at the same time; one more is refused as overloaded. */
  readonly maxDelayedCalls: number;
  /** Answers the calls about verifications; without it they are as unknown as any other. */
  readonly verifications?: Pick<VerificationRehearsal, 'rehearse'>;
}

type Input = Readonly<Record<string, unknown>>;

export function createSandbox({ clock, region, maxDelayedCalls, verifications }: SandboxOptions): Rehearsal {
  const rowsByNumber = Map.groupBy(SANDBOX_TABLE, (row) => row.number);
  let delayedCalls = 0;

  return { rehearse };

  function rehearse(
    action: string,
    input: Input,
    accountId = 0,
  ): Conclusion | Promise<Conclusion> | undefined {
    const verification = verifications?.rehearse(action, input, accountId);
    if (verification !== undefined) return verification;
    if (isContactAction(action)) {
      const { answer, delayMs } = answerContact(action, input, region);
      return delayMs === undefined ? give(answer) : giveLate(answer, delayMs);
    }
    if (!isRehearsed(action)) return playPlatformFault(input);
    const rows = rowsByNumber.get(withoutCountryCode(String(input.msisdn))) ?? [];
    // A row that has nothing to say to this action leaves it to the rows after it; a row that stands alone answers
    // with the default, without a look at the other fields.
    const fitting = rows.filter((row) => fits(row, input));
    const row = fitting.find((candidate) => candidate.answers[action] !== undefined) ?? fitting[0];
    const named =
      row?.answers[action] ?? (row !== undefined && isReserved(row) ? DEFAULT_ANSWERS[action] : undefined);
    const answer = named ?? answerByDefault(action, input, region);
    return row?.delayMs === undefined ? give(answer) : giveLate(answer, row.delayMs);
  }

  function playPlatformFault(input: Input): undefined {
    for (const field of PLATFORM_FIELDS) {
      const fault = findPlatformFault(input[field]);
      if (fault !== undefined) give({ fault, detail: detailOf(fault) });
    }
    return undefined;
  }

  async function giveLate(answer: Answer, delayMs: number): Promise<Conclusion> {
    if (delayedCalls >= maxDelayedCalls) throw new Fault('overloaded');
    delayedCalls += 1;
    try {
      await clock.sleep(delayMs);
    } finally {
      delayedCalls -= 1;
    }
    return give(answer);
  }

  function give(answer: Answer): Conclusion {
    if ('outcome' in answer) return { ...answer, source: 'sandbox', asOf: undefined };
    const now = answer.fault === 'clock_skew' ? { serverTimeSeconds: Math.floor(clock.nowMs() / 1000) } : {};
    throw new Fault(answer.fault, { ...answer.detail, ...now });
  }
}

/** The sandbox's own number block decides alone; the vendor's example numbers are ordinary beside their examples. */
function isReserved(row: SandboxRow): boolean {
  return row.number.startsWith(RESERVED_RANGE);
}

function fits(row: SandboxRow, input: Input): boolean {
  const { name, idCard } = row.when ?? {};
  if (idCard !== undefined && !idCard.includes(String(input.idCard).toUpperCase())) return false;
  return name === undefined || name.map(normalise).includes(normalise(String(input.name)));
}

function normalise(name: string): string {
  return parsePersonName(name) ?? name;
}
