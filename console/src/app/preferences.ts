// Light, dark, or as the system has it; kept in this browser.

import { useCallback, useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';
const KEPT_AS = 'lineproof.theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');
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
