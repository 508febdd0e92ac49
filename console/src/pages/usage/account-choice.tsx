// The filter of operators by account: found by a part of its name, or by its whole id. The address holds the id alone.

import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';

const CHOICES = 20;
/** Ids have twelve digits. */
const WHOLE_ID = /^\d{12}$/;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly value: string | undefined;
  /** What is known of the chosen one already. */
  readonly known: Named | undefined;
  readonly onChange: (id: string | undefined) => void;
}

export function AccountChoice({ value, known, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const name = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['account-choices', name],
    queryFn: () =>
      call('GET /operator/accounts', {
        query: { limit: CHOICES, ordering: 'name', name: name === '' ? undefined : name },
      }),
    enabled: isOpen,
    placeholderData: (before) => before,
  });
  const choices: readonly Named[] = WHOLE_ID.test(name)
    ? [{ id: name, name: '' }]
    : (found.data?.items ?? []).map(({ account_id: id, name: of }) => ({ id, name: of }));
  const isListed = value === undefined || choices.some(({ id }) => id === value);
  const all = isListed || isOpen ? choices : [{ id: value, name: known?.id === value ? known.name : '' }];
  const labelOf = ({ id, name: of }: Named) => (of === '' ? id : `${of} · ${id}`);
  return (
    <Select
      aria-label={t('usage.account')}
      placeholder={t('usage.account')}
      allowClear
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      popupMatchSelectWidth={false}
      loading={found.isFetching}
      style={{ minWidth: 200, maxWidth: '100%' }}
      value={value ?? null}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) setText('');
      }}
      onChange={(id: string | undefined) => onChange(id)}
      options={all.map((one) => ({ value: one.id, label: labelOf(one) }))}
    />
  );
}
