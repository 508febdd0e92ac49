// How often somebody may try: attempts in fixed windows, by the address a request comes from and by the e-mail address or
// account it is about, and by both together: a stranger who guesses must not lock the right person out everywhere. In
// memory, bounded; names are hashed.

import { hash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import { ManagementError } from '../route.ts';

export type ThrottledAct = 'login' | 'code' | 'register' | 'reset' | 'change' | 'explore' | 'diagnose';
/** 'login.person', 'login.caller', ... -> attempts in one window; 'login.pair': of a person from one caller. */
export type ThrottleLimits = Readonly<Record<string, number>>;

export interface ThrottleOptions {
  readonly clock: Clock;
  readonly limits: ThrottleLimits;
  readonly windowMs: number;
  readonly windowsMax: number;
}

export interface Throttle {
  /** Throws too_many_requests. A refused caller does not use up the attempts of the person. */
  take(act: ThrottledAct, caller: string, person: string): void;
  /** An attempt that succeeded does not count. */
  giveBack(act: ThrottledAct, caller: string, person: string): void;
}

interface Window {
  readonly endMs: number;
  count: number;
}

export function createThrottle({ clock, limits, windowMs, windowsMax }: ThrottleOptions): Throttle {
  const windows = new Map<string, Window>();
  const nameOf = (act: string, whose: string): string => hash('sha256', `${act}\0${whose}`, 'base64');

  function refuse(endMs: number): never {
    throw new ManagementError(
      'too_many_requests',
      '',
      Math.max(1, Math.ceil((endMs - clock.nowMs()) / 1000)),
    );
  }

  function dropEnded(nowMs: number): void {
    for (const [name, { endMs }] of windows) if (endMs <= nowMs) windows.delete(name);
  }

  function windowOf(name: string): Window {
    const nowMs = clock.nowMs();
    const known = windows.get(name);
    if (known !== undefined && known.endMs > nowMs) return known;
    if (windows.size >= windowsMax) dropEnded(nowMs);
    // Nobody's count is forgotten early: that would be a way to more attempts.
    if (windows.size >= windowsMax) refuse(nowMs + windowMs);
    const window = { endMs: nowMs + windowMs, count: 0 };
    windows.delete(name);
    windows.set(name, window);
    return window;
  }

  function count(kind: string, whose: string): void {
    const window = windowOf(nameOf(kind, whose));
    if (window.count >= (limits[kind] ?? 0)) refuse(window.endMs);
    window.count += 1;
  }

  function uncount(kind: string, whose: string): void {
    const window = windows.get(nameOf(kind, whose));
    if (window !== undefined && window.count > 0) window.count -= 1;
  }

  return {
    take(act, caller, person) {
      count(`${act}.caller`, networkOf(caller));
      if (limits[`${act}.pair`] !== undefined) count(`${act}.pair`, pairOf(caller, person));
      count(`${act}.person`, person);
    },
    giveBack(act, caller, person) {
      uncount(`${act}.caller`, networkOf(caller));
      uncount(`${act}.pair`, pairOf(caller, person));
      uncount(`${act}.person`, person);
    },
  };
}

function pairOf(caller: string, person: string): string {
  return `${networkOf(caller)}\0${person}`;
}

/** Whoever has one IPv6 address has its whole /64. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
