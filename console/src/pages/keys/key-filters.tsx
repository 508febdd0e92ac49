// What is looked for among the keys; it stands in the address.

import { Flex, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { useUrlState } from '../../parts/url-state.ts';

interface Props {
  readonly url: ReturnType<typeof useUrlState>;
  readonly name: string | undefined;
  readonly disabled: string | undefined;
}

export function KeyFilters({ url, name, disabled }: Props) {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap style={{ marginBlockEnd: 16 }} role="search" aria-label={t('keys.title')}>
      <Input.Search
        aria-label={t('keys.search')}
        placeholder={t('keys.search')}
        allowClear
        maxLength={100}
        defaultValue={name ?? ''}
        style={{ flex: '1 1 180px', maxWidth: 280 }}
        onSearch={(text) => url.change({ name: text.trim() })}
      />
      <Select
        aria-label={t('keys.state')}
        placeholder={t('keys.state')}
        allowClear
        style={{ minWidth: 150 }}
        value={disabled ?? null}
        onChange={(value: string | undefined) => url.change({ disabled: value })}
        options={[
          { value: 'false', label: t('keys.enabled') },
          { value: 'true', label: t('keys.disabled') },
        ]}
      />
    </Flex>
  );
}
