// A call with tccli, the vendor's command line. It demands a region, which nobody here looks at.

import { type JsonValue, SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { jsonText } from '../json-text.ts';
import { quoteForShell } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

export function writeTccli(call: SignedCall): string {
  const { product, action, typed, endpoint, scheme } = readSdkCall(call);
  const address = scheme === 'http' ? `http://${endpoint}` : endpoint;
  const language = call.language === undefined ? '' : ` \\\n  --language ${call.language}`;
  const parameters = Object.entries(call.input).map(
    ([name, value]) => ` \\\n  ${writeParameter(name, value)}`,
  );
  const note = typed ? '' : '# tccli knows this action only in its international edition (tccli-intl-en).\n';
  return `#!/bin/sh
# Reads ${SECRET_ID_VARIABLE} and ${SECRET_KEY_VARIABLE} from the environment.
${note}tccli ${product} ${action}${parameters.join('')} \\
  --endpoint ${quoteForShell(address)} \\
  --region ap-guangzhou${language}
`;
}

function writeParameter(name: string, value: JsonValue): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new RangeError('no action has a parameter of this name');
  const text = typeof value === 'string' ? value : jsonText(value);
  // What begins with a dash would be taken for an option.
  return text.startsWith('-') ? `--${name}=${quoteForShell(text)}` : `--${name} ${quoteForShell(text)}`;
}
