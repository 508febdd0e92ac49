// Keeps what may stand there of a form in the page's address, so that reloading and going back find it again. Typing does
// not fill the history: the entry is replaced, and only once the typing pauses (browsers refuse more than a few a second).

import { useCallback, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Action } from '../../api/actions.ts';
import { explorerAddress } from './form-address.ts';

type Parts = Readonly<Record<string, string | undefined>>;

const PAUSE_MS = 300;

export function useFormAddress(action: Action) {
  const navigate = useNavigate();
  const waiting = useRef<number>(undefined);
  const forget = useCallback(() => window.clearTimeout(waiting.current), []);
  useEffect(() => forget, [forget]);
  const replace = (parts: Parts) => {
    forget();
    void navigate(explorerAddress(action, parts), { replace: true, preventScrollReset: true });
  };
  return {
    replace,
    replaceSoon(parts: () => Parts) {
      forget();
      const { href } = location;
      // Who has gone on meanwhile is not called back.
      waiting.current = window.setTimeout(() => location.href === href && replace(parts()), PAUSE_MS);
    },
  };
}
