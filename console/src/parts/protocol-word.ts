// What a protocol is called: its own name, not the word that addresses and lists have for it.

import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const NAMED = ['tencent', 'acedata', 'lineproof'] as const;

export function useProtocolWord(): (protocol: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (protocol) => {
      const known = NAMED.find((one) => one === protocol);
      return known === undefined ? protocol : t(`explorer.${known}`);
    },
    [t],
  );
}
