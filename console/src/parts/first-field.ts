// A dialog that opens is for its first field, not for its Close button, which is what the library focuses.

import { useEffect } from 'react';

const DIALOG = '.ant-modal';
const FIELDS =
  '.ant-modal-body :is(input:not([type=hidden], [type=file], [type=radio]), input[type=radio]:checked, textarea):enabled';

/** For the whole console, once. */
export function useFirstField(): void {
  useEffect(() => {
    /** Where the focus was last; who comes back to a window finds it where it was. */
    let within: Element | null = null;
    const look = ({ target }: FocusEvent) => {
      const before = within;
      within = target instanceof Element ? target.closest(DIALOG) : null;
      if (within === null || within === before || !(target instanceof Element)) return;
      if (target.closest('.ant-modal-body') !== null || target.closest('.ant-modal-footer') !== null) return;
      within.querySelector<HTMLElement>(FIELDS)?.focus({ preventScroll: true });
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
}
