// What to do when a server cannot listen, by the system's code.

/** The host has no address, or none of this machine: no port would help. */
const HOST_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

export function mendListening(code: string): string {
  if (HOST_CODES.has(code)) return 'give --host an address of this machine';
  if (code === 'EACCES') return 'give another --port: this user may not listen on that one';
  if (code === 'EADDRINUSE') return 'stop what listens there, or give another --port or --host';
  return 'give another --port or --host';
}
