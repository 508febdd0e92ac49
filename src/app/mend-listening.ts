// What to do when a server cannot listen, by the system's code.

import { type MendCode, type RemarkCode, remark } from '../domain/remark.ts';

/** The host has no address, or none of this machine: no port would help. */
const HOST_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
interface Row {
  readonly mend: string;
  readonly mendCode: MendCode;
  readonly code: RemarkCode;
}
const NO_ADDRESS: Row = {
  mend: 'give --host an address of this machine',
  ...{ mendCode: 'give_host', code: 'port_no_address' },
};
const FORBIDDEN: Row = {
  mend: 'give another --port: this user may not listen on that one',
  ...{ mendCode: 'give_allowed_port', code: 'port_forbidden' },
};
const IN_USE: Row = {
  mend: 'stop what listens there, or give another --port or --host',
  ...{ mendCode: 'give_free_port', code: 'port_in_use' },
};
const UNUSABLE: Row = {
  mend: 'give another --port or --host',
  ...{ mendCode: 'give_port', code: 'port_unusable' },
};

export function mendListening(code: string): string {
  return rowOf(code).mend;
}

/** The same for readers of other languages too. */
export function explainListening(reason: string, at: { readonly host: string; readonly port: number }) {
  const { mend, mendCode, code } = rowOf(reason);
  return { mend, mendCode, remark: remark(code, { ...at, reason }) };
}

function rowOf(code: string) {
  if (HOST_CODES.has(code)) return NO_ADDRESS;
  if (code === 'EACCES') return FORBIDDEN;
  return code === 'EADDRINUSE' ? IN_USE : UNUSABLE;
}
