// Styles of components that are shown no more. Ant Design forgets them with the last of a kind and makes them anew on the
// next page: a quarter of all that scripts did there. They name variables of the theme only, so one of each is enough; the
// variables come and go with their theme, as Ant Design has it.

import { createCache } from '@ant-design/cssinjs';

/** How Ant Design's keys of such styles begin. */
const STYLES = 'style%';

export function createKeptStyles() {
  const cache = createCache();
  const update = cache.opUpdate.bind(cache);
  cache.opUpdate = (key, change) =>
    update(key, (entry) => {
      const changed = change(entry);
      // Used nowhere now: the number of uses comes first in an entry.
      return changed === null && entry && key.startsWith(STYLES) ? [0, entry[1]] : changed;
    });
  return cache;
}
