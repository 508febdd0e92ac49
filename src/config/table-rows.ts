// Which rows an operator's tables may have: a misspelt one would be accepted and never be read.

import { CARRIERS } from '../domain/subscriber.ts';

const LANGUAGES = ['en', 'zh'] as const;

/** Says which row of a table has no meaning; undefined when all have one. */
export function refuseUnknownRows(
  table: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | undefined {
  const unknown = Object.keys(table).find((name) => !known.includes(name));
  return unknown === undefined ? undefined : `has no row '${unknown}': its rows are ${known.join(', ')}`;
}

/** 'en.mobile': a language and a carrier, which may be the operator's own. */
export function refuseIspRows(table: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of Object.keys(table)) {
    const [, language, carrier = ''] = /^([^.]*)\.(.+)$/s.exec(name) ?? [];
    if (!LANGUAGES.some((one) => one === language))
      return `has a row '${name}': rows are named by language (${LANGUAGES.join(' or ')}) and carrier, as en.mobile`;
    const meant = CARRIERS.find((one) => one === carrier.trim().toLowerCase());
    if (meant !== undefined && meant !== carrier)
      return `has a row '${name}': the carrier is written ${meant}`;
  }
  return undefined;
}
