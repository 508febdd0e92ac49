// Where the web console is, as it is printed for people. A link's secret stands behind the # sign, which browsers send to
// nobody: neither to the server's log nor to a page that is opened next.

/** With an address that listens everywhere replaced by one that can be opened. */
export function reachable(url: string): string {
  return url
    .replace(/\/+$/, '')
    .replace('//0.0.0.0:', '//127.0.0.1:')
    .replace(/\/\/(?:\[::\]|::):/, '//[::1]:');
}

export function consoleAddress(url: string): string {
  return `${reachable(url)}/console`;
}

export function operatorAddress(url: string, link: string): string {
  return `${consoleAddress(url)}/operator/sign-in#${link}`;
}
