// A call as a client would make it: its name on the wire and its signature.

import { signTc3 } from '../codecs/tc3.ts';
import { WIRE_ACTIONS, type WireAction } from '../protocols/tencent/wire-actions.ts';

export type { WireAction } from '../protocols/tencent/wire-actions.ts';

const CONTENT_TYPE = 'application/json; charset=utf-8';

export const WIRE_NAMES: readonly string[] = WIRE_ACTIONS.map(({ name }) => name);

/** By the name on the wire or by our own, whatever its case. */
export function findWireAction(name: string): WireAction | undefined {
  const wanted = name.toLowerCase();
  return WIRE_ACTIONS.find(
    (wire) => wire.name.toLowerCase() === wanted || wire.action.toLowerCase() === wanted,
  );
}

export interface CallToSign {
  readonly wire: WireAction;
  /** JSON, sent as it is. */
  readonly body: string;
  readonly url: URL;
  readonly secretId: string;
  readonly secretKey: string;
  readonly timestampSeconds: number;
}

/** The headers of the call. */
export function signCall(call: CallToSign): Readonly<Record<string, string>> {
  const { wire, body, url, secretId, secretKey, timestampSeconds } = call;
  const authorization = signTc3({
    secretId,
    secretKey,
    method: 'POST',
    host: url.host,
    path: url.pathname,
    contentType: CONTENT_TYPE,
    payload: Buffer.from(body),
    timestampSeconds,
    service: wire.product,
  });
  return {
    Authorization: authorization,
    'Content-Type': CONTENT_TYPE,
    'X-TC-Action': wire.name,
    'X-TC-Version': wire.version,
    'X-TC-Timestamp': String(timestampSeconds),
  };
}
