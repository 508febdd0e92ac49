// What the sandbox answers for numbers that its table does not name: the format results for malformed fields,
// otherwise a line in service that belongs to whoever is asked about.

import { parseIdCard } from '../../domain/id-card.ts';
import { parseMsisdn } from '../../domain/msisdn.ts';
import { parsePersonName } from '../../domain/person-name.ts';
import { CARRIER_ACTIONS, type OutcomeAnswer, outcomeOf, type RehearsedAction } from './answer.ts';

type Input = Readonly<Record<string, unknown>>;

export const LONG_TENURE = outcomeOf('known', { months: 36, range: '[24,+)' });

export const DEFAULT_ANSWERS: Readonly<Record<RehearsedAction, OutcomeAnswer>> = {
  'line-status': outcomeOf('known', { status: 'normal' }),
  'line-tenure': LONG_TENURE,
  'identity-match': outcomeOf('match', { carrier: 'mobile' }),
  'identity-match-mobile': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-mobile'] }),
  'identity-match-telecom': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-telecom'] }),
  'identity-match-unicom': outcomeOf('match', { carrier: CARRIER_ACTIONS['identity-match-unicom'] }),
  'name-match': outcomeOf('match'),
};

export function answerByDefault(action: RehearsedAction, input: Input, region: string): OutcomeAnswer {
  return findFormatResult(action, input, region) ?? DEFAULT_ANSWERS[action];
}

function findFormatResult(action: RehearsedAction, input: Input, region: string): OutcomeAnswer | undefined {
  if (parseMsisdn(textOf(input.msisdn), region) === undefined) return emptyOf(action, 'number_invalid');
  if (action.startsWith('identity-match') && parseIdCard(textOf(input.idCard)) === undefined) {
    return emptyOf(action, 'id_card_invalid');
  }
  const named = action === 'name-match' || action.startsWith('identity-match');
  if (named && parsePersonName(textOf(input.name)) === undefined) return emptyOf(action, 'name_invalid');
  return undefined;
}

/** An outcome that tells nothing of the line, in the shape of the action's output. */
export function emptyOf(action: RehearsedAction, outcome: OutcomeAnswer['outcome']): OutcomeAnswer {
  if (action === 'line-status') return outcomeOf(outcome, { status: 'unknown' });
  if (action === 'line-tenure') return outcomeOf(outcome, { range: '' });
  return outcomeOf(outcome, action === 'name-match' ? {} : { carrier: '' });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
