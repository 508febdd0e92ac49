// What a key may be restricted to, on the command line: the flags of key create and key limits, and how it is shown.

import { SERVICES } from '../domain/service.ts';
import { NO_CAPS } from '../domain/usage-cap.ts';
import type { CredentialChanges } from '../ports/account-desk.ts';
import type { KeyRestriction } from '../ports/accounts.ts';
import { ACCOUNT_CAP_OPTIONS, describeCaps, readCaps, viewCaps } from './account-caps.ts';
import { type CommandOption, type OptionValues, textOption, UsageError, wholeOption } from './command.ts';

const NONE = 'none';
const CALLS_MAX = 999_999_999_999;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

export const KEY_LIMIT_OPTIONS: readonly CommandOption[] = [
  { flags: '--name <NAME>', description: 'what the key is for' },
  { flags: '--service <SERVICE>', description: `the only service that it may call, or ${NONE}` },
  { flags: '--actions <ACTIONS>', description: `the only actions that it may call, or ${NONE}` },
  { flags: '--expires <TIME>', description: `date or time (ISO 8601) from which it is refused, or ${NONE}` },
  { flags: '--calls-max <N>', description: `charged calls in its whole life, or ${NONE}` },
  ...ACCOUNT_CAP_OPTIONS,
];

/** Only what was named. */
export async function readKeyChanges(options: OptionValues): Promise<CredentialChanges> {
  const changes = {
    name: textOption(options, 'name'),
    service: orNone(options, 'service', readService),
    actions: await orNone(options, 'actions', readActions),
    expiresAtMs: readExpiry(textOption(options, 'expires')),
    callsMax: orNone(options, 'callsMax', () =>
      wholeOption(options, 'callsMax', '--calls-max', 0, CALLS_MAX),
    ),
    caps: readCaps(options),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** Of a new key, which is restricted to what was named and to nothing else. */
export function restrictionOf(changes: CredentialChanges): KeyRestriction {
  return {
    service: changes.service ?? undefined,
    actions: changes.actions ? new Set(changes.actions) : undefined,
    expiresAtMs: changes.expiresAtMs ?? undefined,
    callsMax: changes.callsMax ?? undefined,
    caps: changes.caps === undefined ? undefined : { ...NO_CAPS, ...changes.caps },
  };
}

/** null is none. */
export function readExpiry(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === NONE) return null;
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(time))
    throw new UsageError('--expires must be a date or a time with its zone (ISO 8601)');
  return time;
}

/** As JSON shows it: null is no limit. */
export function viewRestriction(restriction: KeyRestriction | undefined) {
  const { service, actions, expiresAtMs, callsMax, caps } = restriction ?? {};
  return {
    service: service ?? null,
    actions: actions === undefined ? null : [...actions],
    expires: expiresAtMs === undefined ? null : new Date(expiresAtMs).toISOString(),
    callsMax: callsMax ?? null,
    caps: viewCaps(caps),
  };
}

export function describeRestriction(restriction: KeyRestriction | undefined): string[] {
  const { service, actions, expires, callsMax } = viewRestriction(restriction);
  return [
    ...(service === null ? [] : [`service   ${service}`]),
    ...(actions === null ? [] : [`actions   ${actions.join(',')}`]),
    ...(expires === null ? [] : [`expires   ${expires}`]),
    ...(callsMax === null ? [] : [`calls     ${callsMax} charged calls at most`]),
    ...describeCaps(restriction?.caps),
  ];
}

function orNone<T>(options: OptionValues, name: string, read: (text: string) => T): T | null | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  return text === NONE ? null : read(text);
}

function readService(text: string) {
  const service = SERVICES.find((name) => name === text);
  if (service === undefined)
    throw new UsageError(`there is no service '${text}': use ${SERVICES.join(', ')}`);
  return service;
}

async function readActions(text: string): Promise<string[]> {
  // Loaded only where it is asked for: few keys are restricted to actions.
  const { ACTION_NAMES } = await import('../app/action-names.ts');
  const names = text.split(',').map((part) => part.trim());
  const unknown = names.find((name) => !ACTION_NAMES.includes(name));
  if (unknown !== undefined) throw new UsageError(`there is no action '${unknown}'`);
  return names;
}
