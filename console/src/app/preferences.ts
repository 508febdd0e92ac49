// Light, dark, or as the system has it, kept in this browser; and whether the system asks that nothing moves.

import { useCallback, useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';
const KEPT_AS = 'lineproof.theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');
const listeners = new Set<() => void>();

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function isDark(): boolean {
  const choice = readChoice();
  return choice === 'system' ? DARK.matches : choice === 'dark';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  DARK.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    DARK.removeEventListener('change', listener);
  };
}

export function useTheme() {
  const choice = useSyncExternalStore(subscribe, readChoice);
  const dark = useSyncExternalStore(subscribe, isDark);
  const choose = useCallback((next: ThemeChoice) => {
    localStorage.setItem(KEPT_AS, next);
    for (const listener of listeners) listener();
  }, []);
  return { choice, dark, choose };
}

function subscribeMotion(listener: () => void): () => void {
  STILL.addEventListener('change', listener);
  return () => STILL.removeEventListener('change', listener);
}

/** Whether anything may move (WCAG 2.2, 2.3.3). */
export function useMotion(): boolean {
  return useSyncExternalStore(subscribeMotion, () => !STILL.matches);
}
