// The vendor's official clients of the product domain, the international one and the domestic one, behind one signature.

import { createRequire } from 'node:module';
import { domain } from 'tencentcloud-sdk-nodejs/tencentcloud/services/domain/index.js';

export const INTERNATIONAL = [
  'SendIntlPhoneEmailCode',
  'CreateIntlPhoneEmail',
  'DescribeIntlPhoneEmailList',
  'DeleteIntlPhoneEmail',
] as const;
export const DOMESTIC = [
  'SendPhoneEmailCode',
  'CreatePhoneEmail',
  'DescribePhoneEmailList',
  'DeletePhoneEmail',
] as const;
export type InternationalAction = (typeof INTERNATIONAL)[number];
export type DomesticAction = (typeof DOMESTIC)[number];
export type DomainAction = InternationalAction | DomesticAction;

export type AskDomain = (
  action: DomainAction,
  input: Readonly<Record<string, unknown>>,
) => Promise<Record<string, unknown>>;

type Done = (error: unknown, answer: object) => void;
type Client = Readonly<Record<InternationalAction, (request: object, done: Done) => void>>;
interface Sdk {
  readonly Client: new (credential: object, region: string, profile: object) => Client;
}
interface SdkParts {
  readonly Credential: new (id: string, key: string) => object;
  readonly HttpProfile: new () => { endpoint: string; protocol: string };
  readonly ClientProfile: new (signMethod: string, http: object) => object;
}

// The international one ships no types; its root import would take half a second and 200 MB.
const load = createRequire(import.meta.url);
const ROOT = 'tencentcloud-sdk-nodejs-intl-en/tencentcloud';
const { Client: InternationalClient } = load(`${ROOT}/domain/v20180808/index.js`) as Sdk;
const parts = load(`${ROOT}/common/index.js`) as SdkParts;

/** An error rejects with the client's own, which has the code of the wire. */
export function openDomainClients(
  endpoint: string,
  { secretId, secretKey }: { readonly secretId: string; readonly secretKey: string },
): AskDomain {
  const http = new parts.HttpProfile();
  http.endpoint = endpoint;
  http.protocol = 'http://';
  const profile = new parts.ClientProfile('TC3-HMAC-SHA256', http);
  const international = new InternationalClient(new parts.Credential(secretId, secretKey), '', profile);
  const domestic = new domain.v20180808.Client({
    credential: { secretId, secretKey },
    profile: { httpProfile: { endpoint, protocol: 'http://', reqTimeout: 60 } },
  });
  return (action, input) =>
    isInternational(action)
      ? new Promise((resolve, reject) =>
          international[action](input, (error, answer) =>
            // The answer is a class of the client's; a copy has only what was on the wire.
            error ? reject(error) : resolve(JSON.parse(JSON.stringify(answer))),
          ),
        )
      : domestic[action](input as never).then((answer) => ({ ...answer }));
}

export function isInternational(action: DomainAction): action is InternationalAction {
  return (INTERNATIONAL as readonly string[]).includes(action);
}
