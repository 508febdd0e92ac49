// One TCP or TLS connection to a message centre: requests find their responses by sequence number (SMPP 3.4 section 3.2),
// and whatever the other side sends, or stops sending, ends this connection at most.

import smpp, { type PDU } from 'smpp';

export interface WireOptions {
  readonly host: string;
  readonly port: number;
  /** undefined: readable on the way. `ca` in PEM stands in place of the public authorities. */
  readonly tls: { readonly ca: string | undefined } | undefined;
  /** A request of the other side, which has not been answered yet. */
  readonly onRequest: (request: PDU) => void;
}

export interface Wire {
  /** Resolves once requests may be sent; rejects with WireError. */
  readonly opened: Promise<void>;
  /** Resolves with the reason when nothing can be sent any more. */
  readonly lost: Promise<string>;
  /** Resolves when the socket is closed. */
  readonly gone: Promise<void>;
  /** Resolves with the response of whatever state. Throws WireError; 'timeout' when the signal aborts. */
  request(request: PDU, signal?: AbortSignal): Promise<PDU>;
  answer(response: PDU, onWritten?: () => void): void;
  drop(reason: string): void;
}

/** `reason` is a code. `written`: the other side may have read the request. */
export class WireError extends Error {
  readonly reason: string;
  readonly written: boolean;

  constructor(reason: string, written: boolean) {
    super(`no response: ${reason}`);
    this.name = 'WireError';
    this.reason = reason;
    this.written = written;
  }
}

interface Waiting {
  readonly resolve: (response: PDU) => void;
  readonly reject: (error: WireError) => void;
}

const SEQUENCE_MAX = 0x7fff_ffff;
/** Of what the other side does not read. */
const UNREAD_MAX_BYTES = 1_048_576;

export function openWire({ host, port, tls, onRequest }: WireOptions): Wire {
  const trust = tls?.ca === undefined ? {} : { ca: tls.ca };
  const security = tls === undefined ? {} : { tls: true, minVersion: 'TLSv1.2' as const, ...trust };
  // Small PDUs must not wait for one another's acknowledgement.
  const session = smpp.connect({ host, port, noDelay: true, ...security });
  const waiting = new Map<number, Waiting>();
  const opened = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<string>();
  const gone = Promise.withResolvers<void>();
  let lostReason: string | undefined;
  let sequence = 0;

  opened.promise.catch(() => {});
  session.on(tls === undefined ? 'connect' : 'secureConnect', () => opened.resolve());
  // After an error the package reads no further: what cannot be read as a PDU ends the connection.
  session.on('error', (error) => drop(nameError(error)));
  session.on('close', () => {
    drop('closed');
    gone.resolve();
  });
  session.on('pdu', (pdu) => {
    // The package calls this outside its own guard.
    try {
      receive(pdu);
    } catch {
      drop('defect');
    }
  });

  function receive(pdu: PDU): void {
    if (lostReason !== undefined) return;
    if (pdu.isResponse()) {
      waiting.get(pdu.sequence_number)?.resolve(pdu);
      waiting.delete(pdu.sequence_number);
    } else {
      onRequest(pdu);
    }
  }

  function drop(reason: string): void {
    if (lostReason !== undefined) return;
    lostReason = reason;
    session.destroy();
    opened.reject(new WireError(reason, false));
    for (const request of waiting.values()) request.reject(new WireError(reason, true));
    waiting.clear();
    lost.resolve(reason);
  }

  function write(pdu: PDU, onWritten?: () => void): boolean {
    if (session.socket.writableLength > UNREAD_MAX_BYTES) drop('unread');
    return lostReason === undefined && session.send(pdu, undefined, onWritten);
  }

  return {
    opened: opened.promise,
    lost: lost.promise,
    gone: gone.promise,
    request(request, signal) {
      if (signal?.aborted) return Promise.reject(new WireError('timeout', false));
      sequence = sequence === SEQUENCE_MAX ? 1 : sequence + 1;
      const own = sequence;
      request.sequence_number = own;
      return new Promise<PDU>((resolve, reject) => {
        const forget = () => signal?.removeEventListener('abort', giveUp);
        const giveUp = () => {
          waiting.delete(own);
          reject(new WireError('timeout', true));
        };
        if (!write(request)) return reject(new WireError(lostReason ?? 'closed', false));
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.set(own, {
          resolve: (response) => {
            forget();
            resolve(response);
          },
          reject: (error) => {
            forget();
            reject(error);
          },
        });
      });
    },
    answer: (response, onWritten) => void write(response, onWritten),
    drop,
  };
}

/** Codes of the system and of TLS; what the package cannot read has none, or one of the runtime's. */
function nameError(error: Error): string {
  const { code } = error as { code?: unknown };
  const isUnreadable = typeof code !== 'string' || /^ERR_(?:OUT_OF_RANGE|BUFFER|INVALID)/.test(code);
  return isUnreadable ? 'bad_pdu' : code.slice(0, 40);
}
