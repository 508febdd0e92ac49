// A slash at the end of a management call's path changes nothing: it is taken away before the framework looks, whose routes
// would be twice as many otherwise, which every start would wait for.

/** As clients write it, not percent-encoded. */
const OF_CALLS = /^(?:https?:\/\/[^/?#]*)?\/api\/v1\/[^/?#]/i;

/** Options of the framework. */
export const ONE_SLASH = {
  rewriteUrl: ({ url = '/' }: { readonly url?: string | undefined }) => withoutSlash(url),
};

export function withoutSlash(url: string): string {
  const query = url.search(/[?#]/);
  const end = query === -1 ? url.length : query;
  return url[end - 1] === '/' && OF_CALLS.test(url) ? url.slice(0, end - 1) + url.slice(end) : url;
}
