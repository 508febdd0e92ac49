// The one way out over HTTP. Addresses that accounts chose are called only when they are public; what the operator configured
// may be anywhere.

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From the first step (the name's resolution) to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Bytes of the answer that are read; the rest is cut off. */
  readonly answerMaxBytes: number;
}

export interface IncomingAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * public: https only, on an address that is resolved once, checked and then connected to, whatever the name resolves to later.
 * operator: as configured, plain http and private networks included. Neither follows redirects: a 3xx is an answer.
 */
export type Reach = 'public' | 'operator';

export interface Transport {
  /** Throws TransportError. */
  request(request: OutgoingRequest, reach: Reach, signal: AbortSignal): Promise<IncomingAnswer>;
  close(): void;
}

export class TransportError extends Error {
  /** refused: the address may not be called; nothing was sent. unreachable: no connection. Else something may have been sent. */
  readonly kind: 'refused' | 'unreachable' | 'timeout' | 'broken';
  /** A code such as 'private_address' or 'ECONNREFUSED', never a name or an address. */
  readonly reason: string;

  constructor(kind: TransportError['kind'], reason: string) {
    super(`the request was not answered: ${reason}`);
    this.name = 'TransportError';
    this.kind = kind;
    this.reason = reason;
  }
}
