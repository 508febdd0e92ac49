// Two hot routes as one: a request belongs to the first that matches it. The first decides by the URL alone, so asking
// twice (whether anybody, then who) costs next to nothing.

import type { HotRoute } from './hot-route.ts';

/** `last` answers whatever `first` does not match; the larger of their body limits holds for both. */
export function createHotDispatch(first: HotRoute, last: HotRoute): HotRoute {
  const routeOf = (method: string, url: string, rawHeaders: readonly string[]): HotRoute =>
    first.matches(method, url, rawHeaders) ? first : last;
  return {
    bodyMaxBytes: Math.max(first.bodyMaxBytes, last.bodyMaxBytes),
    nowMs: () => last.nowMs(),
    matches: (method, url, rawHeaders) => routeOf(method, url, rawHeaders).matches(method, url, rawHeaders),
    answer: (request) => routeOf(request.method, request.url, request.rawHeaders).answer(request),
    refuse: (request, reason) =>
      routeOf(request.method, request.url, request.rawHeaders).refuse(request, reason),
  };
}
