// The outbox of development shows codes on the terminal: for who sits at it, not beside callers from elsewhere.

import { type Configuration, flagOf, isLoopback, type OptionName } from '../config/options.ts';

type Settings = Pick<Configuration, 'host' | 'outboxAnywhere' | 'codeChannels' | 'mailChannel'>;

/** Throws Error when others than this machine can call a server whose codes are only shown. */
export function refuseOutboxOnNetwork(configuration: Settings): void {
  const { host, outboxAnywhere, codeChannels, mailChannel } = configuration;
  if (isLoopback(host) || outboxAnywhere === 'yes') return;
  const showsCodes = Object.values(codeChannels).some((names) => names.split(',').some(isOutbox));
  const shown: OptionName[] = [
    ...(showsCodes ? (['codeChannels'] as const) : []),
    ...(mailChannel === 'outbox' ? (['mailChannel'] as const) : []),
  ];
  if (shown.length === 0) return;
  const flags = shown.map(flagOf).join(' and ');
  throw new Error(
    `codes would be shown on the terminal of a server that listens on ${host}: set ${flags} to what really sends, or ${flagOf('outboxAnywhere')} yes`,
  );
}

function isOutbox(name: string): boolean {
  return name.trim() === 'outbox';
}
