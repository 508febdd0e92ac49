// Who holds a number range: as it is known, and as the table writes it, which is what a search finds.

import { Typography } from 'antd';
import { useRowWords } from './row-words.ts';

export function HolderName({ holder }: { readonly holder: string }) {
  const name = useRowWords().carrier(holder);
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {name}
      {name !== holder && <Typography.Text type="secondary"> {holder}</Typography.Text>}
    </span>
  );
}
