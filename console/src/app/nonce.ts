// The nonce of this page's policy, without which no style may be added (src/server/console-files.ts).

export function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}
