// Styles of Ant Design's components: made once for all pages; what says a theme's colours goes with the theme.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StyleProvider } from '@ant-design/cssinjs';
import { Button } from 'antd';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { createKeptStyles } from '../../console/src/app/kept-styles.ts';

test('the styles of a component outlive its last use, the variables of a theme do not', () => {
  const kept = createKeptStyles();
  renderToString(createElement(StyleProvider, { cache: kept }, createElement(Button)));
  const keys = [...kept.cache.keys()];
  const styles = keys.filter((key) => key.startsWith('style%'));
  assert.ok(styles.length > 0 && styles.length < keys.length, `as Ant Design names them: ${keys}`);
  const made = new Map(styles.map((key) => [key, kept.opGet(key)?.[1]]));
  for (const key of keys) kept.opUpdate(key, () => null);
  assert.deepEqual([...kept.cache.keys()], styles);
  for (const key of styles)
    assert.deepEqual(kept.opGet(key), [0, made.get(key)], 'used by nobody, and the same');
});
