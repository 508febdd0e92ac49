// What a message centre's command_status means for a message (SMPP 3.4 section 5.1.3).

import smpp from 'smpp';

export const STATUS = {
  ok: 0,
  invalidCommand: 0x0000_0003,
  invalidBindState: 0x0000_0004,
  systemError: 0x0000_0008,
  queueFull: 0x0000_0014,
  throttled: 0x0000_0058,
  temporaryError: 0x0000_0064,
} as const;

const RETRYABLE: ReadonlySet<number> = new Set([
  STATUS.invalidBindState,
  STATUS.systemError,
  STATUS.queueFull,
  STATUS.throttled,
  STATUS.temporaryError,
]);

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(smpp.errors).map(([name, status]) => [status, name]),
);

/** 'ESME_RINVDSTADR', or '0x00000400' for what the standard does not name. */
export function nameStatus(status: number): string {
  return NAMES.get(status) ?? `0x${status.toString(16).padStart(8, '0')}`;
}

/** Could the same message be taken another time? */
export function isRetryable(status: number): boolean {
  return RETRYABLE.has(status);
}

/** Is the centre asking to be sent less? */
export function asksToSlowDown(status: number): boolean {
  return status === STATUS.throttled || status === STATUS.queueFull;
}
