// What the first start prints: where the server is, the keys (this once), and calls to paste.

import type { FirstAccount } from '../app/first-run.ts';
import { consoleAddress, operatorAddress, reachable } from './console-address.ts';

const TITLES = {
  sandbox: 'Sandbox account: documented inputs, documented answers; free, nothing live is touched',
  demonstration: 'Demonstration account: live calls on an invented registry, with free quota',
} as const;

export function describeStart(url: string, directory: string): string {
  return `Lineproof answers on ${url} (data in ${directory}). The web console: ${consoleAddress(url)}`;
}

export function describeFirstStart(
  url: string,
  directory: string,
  accounts: readonly FirstAccount[],
  operatorLink: string,
): string[] {
  const lines = [
    describeStart(url, directory),
    '',
    'Sign in to the console as its operator with this link, once (npm run -s lineproof -- operator link prints another):',
    '',
    `  ${operatorAddress(url, operatorLink)}`,
  ];
  for (const account of accounts) {
    lines.push(
      '',
      TITLES[account.kind],
      `  SecretId   ${account.secretId}`,
      `  SecretKey  ${account.secretKey}`,
      `  Token      ${account.token}`,
      '  Try it:',
      '',
      selfSigningCall(url, account),
    );
  }
  lines.push('', 'Keys and tokens are shown only now. Everything else: npm run -s lineproof -- --help');
  return lines;
}

/**
 * A command line that signs itself whenever it is pasted: Node makes the signed URL (signature v1, HmacSHA256, GET), curl
 * asks for it. No character of it means anything to sh or bash inside double or single quotes; the secret is not in the URL.
 */
export function selfSigningCall(url: string, { secretId, secretKey, exampleNumber }: FirstAccount): string {
  const address = reachable(url);
  const host = address.replace(/^https?:\/\//, '');
  // A plus sign would need an escape in the address that the signature does not have.
  const number = exampleNumber.replace('+86', '').replace('+', '00');
  const program = [
    'const q="Action=MobileStatus&Mobile=',
    number,
    '&Nonce="+(1+Math.floor(Math.random()*1e9))+"&SecretId=',
    secretId,
    '&SignatureMethod=HmacSHA256&Timestamp="+Math.floor(Date.now()/1000)+"&Version=2018-03-01";',
    `console.log("${address}/?"+q+"&Signature="+encodeURIComponent(require("crypto").createHmac("sha256","${secretKey}")`,
    `.update("GET${host}/?"+q).digest("base64")))`,
  ].join('');
  const insecure = address.startsWith('https') ? 'k' : '';
  return `curl -s${insecure} "$(node -e '${program}')"`;
}
