// The documented inputs of one action, a kind at a time and in pages, as the address says; all of them on paper.

import { Flex, Grid, Select, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/actions.ts';
import type { SandboxInput } from '../../api/sandbox.ts';
import type { useUrlState } from '../../parts/url-state.ts';
import { usePrinting } from '../../parts/use-printing.ts';
import { InputTable } from './input-table.tsx';

type Section = SandboxInput['section'];

interface Props {
  readonly action: Action;
  /** Those that were found, of every kind. */
  readonly inputs: readonly SandboxInput[];
  readonly url: ReturnType<typeof useUrlState>;
}

export function Sections({ action, inputs, url }: Props) {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md === true;
  const isPrinting = usePrinting();
  const sections = [...Map.groupBy(inputs, ({ section }) => section)];
  // What was searched for may stand in another kind than the one that is open.
  const shown = sections.find(([section]) => section === url.get('section')) ?? sections[0];
  if (shown === undefined) return null;
  if (isPrinting)
    return (
      <Flex vertical gap={16}>
        {sections.map(([section, rows]) => (
          <InputTable key={section} action={action} title={t(`sandbox.section_${section}`)} inputs={rows} />
        ))}
      </Flex>
    );
  const [open, rows] = shown;
  const choose = (section: string) =>
    url.change({ section: section === sections[0]?.[0] ? undefined : section });
  const labelOf = (section: Section, count: number) =>
    t('sandbox.sectionOf', { section: t(`sandbox.section_${section}`), count });
  const table = (
    <InputTable
      key={open}
      action={action}
      inputs={rows}
      pagination={url.pagination(rows.length, (count) => t('common.total', { count }))}
    />
  );
  if (isWide)
    return (
      <Tabs
        activeKey={open}
        onChange={choose}
        destroyOnHidden
        items={sections.map(([section, { length }]) => ({
          key: section,
          label: labelOf(section, length),
          children: section === open ? table : null,
        }))}
      />
    );
  return (
    <Flex vertical gap={16}>
      <Select<Section>
        aria-label={t('sandbox.section')}
        value={open}
        onChange={choose}
        options={sections.map(([section, { length }]) => ({
          value: section,
          label: labelOf(section, length),
        }))}
      />
      {table}
    </Flex>
  );
}
