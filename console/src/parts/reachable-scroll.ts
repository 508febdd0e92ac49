// A table with nothing to press in it that scrolls sideways is scrolled by keys too: a stop of the Tab key while it does not fit.

import type { TableRef } from 'antd/es/table';

/** Given to a table as its `ref`. */
export function reachableScroll(table: TableRef | null): (() => void) | undefined {
  const content = table?.nativeElement.querySelector('.ant-table-content');
  if (!content) return undefined;
  const look = () => {
    if (content.scrollWidth > content.clientWidth) content.setAttribute('tabindex', '0');
    else content.removeAttribute('tabindex');
  };
  const observer = new ResizeObserver(look);
  observer.observe(content);
  return () => observer.disconnect();
}
