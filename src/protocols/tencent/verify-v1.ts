// Does a signature of the older method fit the request? Same hosts and paths as TC3.

import { timingSafeEqual } from 'node:crypto';
import { v1Method, v1Parameters, v1Signature } from '../../codecs/tencent-v1.ts';
import type { ApiKey } from '../../ports/accounts.ts';
import type { FindCandidates } from './candidates.ts';

export interface V1Check {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export type VerifyV1 = (key: ApiKey, check: V1Check) => boolean;

export function createV1Verifier(findCandidates: FindCandidates): VerifyV1 {
  return (key, { method, host, path, parameters }) => {
    const signatureMethod = v1Method(parameters.get('SignatureMethod'));
    const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64');
    const plain = v1Parameters(parameters);
    const dotted = v1Parameters(parameters, true);
    const texts = plain === dotted ? [plain] : [plain, dotted];
    const candidates = findCandidates(host.trim(), path);
    for (let kind = 0; kind < candidates.kinds; kind += 1) {
      const candidate = candidates.at(kind);
      if (candidate === undefined) continue;
      for (const text of texts) {
        const expected = v1Signature(key.secretKey, signatureMethod, { method, ...candidate }, text);
        if (signature.length === expected.length && timingSafeEqual(signature, expected)) return true;
      }
    }
    return false;
  };
}
