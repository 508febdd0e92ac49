// Where to go after a sign-in: back to the page that asked for it, and never to another site.

const KEY = 'next';
/** An address of the console itself: one slash, and nothing that could be a host. */
const OWN = /^\/(?![/\\])[\w\-/?=&.%~+:]{0,2000}$/;

export function signInAddress(next: string): string {
  return withNext('/sign-in', isWorthKeeping(next) ? next : '');
}

/** The same destination by another way, such as registering. */
export function withNext(address: string, next: string): string {
  return next === '' ? address : `${address}?${new URLSearchParams({ [KEY]: next })}`;
}

export function nextIn(search: URLSearchParams): string {
  const next = search.get(KEY) ?? '';
  return OWN.test(next) ? next : '';
}

function isWorthKeeping(next: string): boolean {
  return (
    OWN.test(next) &&
    !/^\/(?:sign-in|register|reset-password|operator\/sign-in)?$/.test(next.split('?')[0] ?? '')
  );
}
