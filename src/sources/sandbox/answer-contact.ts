// What the sandbox answers to the actions about contacts: its table where the recipient is documented, the format faults where the
// input is malformed, and otherwise that it is done, with one code for everybody. Nothing is sent and nothing kept.

import { type ContactKind, parseEmailContact, parsePhoneContact } from '../../domain/contact.ts';
import type { FaultCode } from '../../domain/fault.ts';
import { normaliseCode } from '../../domain/one-time-code.ts';
import { type Answer, faultOf, outcomeOf } from './answer.ts';
import { CONTACT_ACTIONS, type ContactAction, type ContactRow, SANDBOX_CODE } from './contact-row.ts';
import { findRecipient } from './find-recipient.ts';
import { answerList } from './list-contacts.ts';
import { contactDetailOf } from './table-faults.ts';

type Input = Readonly<Record<string, unknown>>;

export interface TimedAnswer {
  readonly answer: Answer;
  readonly delayMs: number | undefined;
}

const KINDS: ReadonlyMap<unknown, ContactKind> = new Map([
  [1, 'phone'],
  [2, 'email'],
]);

export function answerContact(action: ContactAction, input: Input, region: string): TimedAnswer {
  const job = CONTACT_ACTIONS[action];
  if (job === 'list') return answerListOr(action, input);
  const kind = KINDS.get(input.type);
  if (kind === undefined) return atOnce(playFault('contact_kind_invalid'));
  const text = String(input.contact).trim();
  const row = findRecipient(kind, text);
  const planned = row?.faults[job];
  const answer = () => {
    if (planned !== undefined) return playFault(planned);
    if (row === undefined && !isWellFormed(kind, text, region)) return playFault(MALFORMED[kind]);
    if (job === 'send') return outcomeOf('code_sent');
    if (job === 'delete') return outcomeOf('completed');
    return isCode(row, String(input.verifyCode)) ? outcomeOf('code_verified') : playFault('code_wrong');
  };
  return { answer: answer(), delayMs: row?.delayMs };
}

/** Is it the code that this recipient was sent? */
export function isCode(row: ContactRow | undefined, code: string): boolean {
  return normaliseCode(code) === (row?.code ?? SANDBOX_CODE);
}

/** Lists take a number or address to search for, or nothing but a page: its number may be a documented one too. */
function answerListOr(action: ContactAction, input: Input): TimedAnswer {
  const text = String(input.contact ?? input.offset ?? '');
  const row = findRecipient(text.includes('@') ? 'email' : 'phone', text);
  const planned = row?.faults.list;
  if (planned !== undefined) return { answer: playFault(planned), delayMs: row?.delayMs };
  const answer = answerList(action === 'contact-list' ? 'international' : 'domestic', input);
  return { answer: typeof answer === 'string' ? playFault(answer) : answer, delayMs: row?.delayMs };
}

const MALFORMED = {
  phone: 'contact_number_invalid',
  email: 'contact_address_invalid',
} as const satisfies Record<ContactKind, FaultCode>;

function isWellFormed(kind: ContactKind, text: string, region: string): boolean {
  return (kind === 'phone' ? parsePhoneContact(text, region) : parseEmailContact(text)) !== undefined;
}

function playFault(fault: FaultCode): Answer {
  return faultOf(fault, contactDetailOf(fault));
}

function atOnce(answer: Answer): TimedAnswer {
  return { answer, delayMs: undefined };
}
