// Calls a second per account and action in fixed one-second windows. Refused calls do not consume.

import { Fault } from '../domain/fault.ts';

interface Window {
  second: number;
  count: number;
}

export interface RateLimit {
  /** Throws rate_limited with the calls seen (this one included) and the limit. */
  take(accountId: number, action: string, limit: number, nowMs: number): void;
}

/** Keeps at most `maxWindows` windows; when full, those of past seconds are dropped. */
export function createRateLimit(maxWindows: number): RateLimit {
  const windows = new Map<number, Map<string, Window>>();
  let size = 0;

  function dropPast(second: number): void {
    for (const [accountId, actions] of windows) {
      for (const [action, window] of actions) {
        if (window.second < second && actions.delete(action)) size -= 1;
      }
      if (actions.size === 0) windows.delete(accountId);
    }
  }

  function windowOf(accountId: number, action: string, second: number): Window {
    const known = windows.get(accountId)?.get(action);
    if (known !== undefined) return known;
    if (size >= maxWindows) dropPast(second);
    if (size >= maxWindows) throw new Fault('overloaded');
    const window = { second, count: 0 };
    const actions = windows.get(accountId) ?? new Map<string, Window>();
    windows.set(accountId, actions.set(action, window));
    size += 1;
    return window;
  }

  return {
    take(accountId, action, limit, nowMs) {
      const second = Math.floor(nowMs / 1000);
      const window = windowOf(accountId, action, second);
      if (window.second !== second) {
        window.second = second;
        window.count = 0;
      }
      if (window.count >= limit) {
        const retryAfterMs = (second + 1) * 1000 - nowMs;
        throw new Fault('rate_limited', { seen: window.count + 1, limit, retryAfterMs });
      }
      window.count += 1;
    },
  };
}
