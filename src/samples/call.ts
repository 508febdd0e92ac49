// What a code sample is written for: one call of one protocol, with the values of a form.

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
export type JsonObject = { readonly [name: string]: JsonValue };

/** One action of Tencent Cloud API 3.0; names and values as on the wire. */
export interface SignedCall {
  readonly kind: 'signed';
  /** http or https, with its port and path, e.g. 'http://127.0.0.1:8080/'. */
  readonly endpoint: string;
  /** E.g. 'faceid', '2018-03-01', 'MobileStatus'. */
  readonly product: string;
  readonly version: string;
  readonly action: string;
  readonly input: JsonObject;
  readonly language?: 'en-US' | 'zh-CN';
}

/** A call with a bearer token: AceData's, or one of Lineproof's own below /api/v1. */
export interface BearerCall {
  readonly kind: 'bearer';
  /** http or https, with its port; its path goes before `path`. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the first slash on, with the query, percent-encoded. */
  readonly path: string;
  readonly body?: JsonObject;
  /** Beside the token and the type of the body. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Environment variable that holds the token; LINEPROOF_TOKEN unless given. */
  readonly tokenVariable?: string;
}

export type SampleCall = SignedCall | BearerCall;

/** Names of the environment variables that the official SDKs read as well. */
export const SECRET_ID_VARIABLE = 'TENCENTCLOUD_SECRET_ID';
export const SECRET_KEY_VARIABLE = 'TENCENTCLOUD_SECRET_KEY';
export const TOKEN_VARIABLE = 'LINEPROOF_TOKEN';
