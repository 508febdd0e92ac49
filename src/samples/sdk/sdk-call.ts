// What the official SDKs call one action: names of packages, modules and classes, and whether they have it typed.

import type { SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';

export interface SdkCall {
  /** 'faceid' */
  readonly product: string;
  /** 'Faceid' */
  readonly module: string;
  /** 'v20180301' */
  readonly version: string;
  readonly action: string;
  /** false: by the client that calls any action by its name. */
  readonly typed: boolean;
  /** As the SDKs want it: without the scheme and the last slash. */
  readonly endpoint: string;
  readonly scheme: 'http' | 'https';
}

/** Actions of the international site, which the SDK of the Chinese site knows by no type. */
const UNTYPED = /IntlPhoneEmail/;

/** Throws a RangeError for names that no SDK could have. */
export function readSdkCall(call: SignedCall): SdkCall {
  const { product, action } = call;
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(call.version);
  if (!/^[a-z][a-z0-9]*$/.test(product) || !/^[A-Z][A-Za-z0-9]*$/.test(action) || date === null)
    throw new RangeError('no SDK has a product, version or action of this name');
  const { host, path, scheme } = readEndpoint(call.endpoint);
  return {
    product,
    module: product.charAt(0).toUpperCase() + product.slice(1),
    version: `v${date.slice(1).join('')}`,
    action,
    typed: !UNTYPED.test(action),
    // They put a slash behind it themselves.
    endpoint: `${host}${path.replace(/\/+$/, '')}`,
    scheme,
  };
}
