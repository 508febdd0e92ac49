// The API Explorer: find a call, fill its form, send it, see how it is signed, copy code that runs. Readable signed out; the
// address names the call and what of the form is not personal.

import { Card, Col, Row } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useActions } from '../../api/actions.ts';
import { useSandboxInputs } from '../../api/sandbox.ts';
import { useVisitor } from '../../api/visitor.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { ActionList } from './action-list.tsx';
import { explorerAddress, strangeNames } from './form-address.ts';
import { Workbench } from './workbench.tsx';

const FIRST = 'MobileStatus';

export function Page() {
  const { t } = useTranslation();
  const url = useUrlState();
  const table = useActions();
  const visitor = useVisitor();
  const navigate = useNavigate();
  const actions = table.data?.actions ?? [];
  const wanted = url.get('action');
  const chosen = actions.find(({ action }) => action === (wanted ?? FIRST));
  // By its name: what it holds may be personal.
  const documented = url.get('sandbox');
  const inputs = useSandboxInputs(chosen, documented !== undefined);
  useEffect(() => {
    if (table.isPending) return;
    const others = strangeNames(chosen, new URLSearchParams(location.search));
    // Whatever somebody wrote there may be personal, and would stay in the history.
    if (others.length > 0) url.change(Object.fromEntries(others.map((name) => [name, undefined])));
  });
  const isReady = table.data !== undefined && visitor !== undefined && !inputs.isLoading;

  return (
    <>
      <PageHead title={t('explorer.title')} lead={t('explorer.lead')} />
      {table.isError && <Problem error={table.error} retry={() => void table.refetch()} />}
      {!isReady && !table.isError && <Loading />}
      {isReady && (
        <Row gutter={[16, 16]}>
          <Col xs={24} lg={8}>
            <ActionList
              actions={actions}
              chosen={chosen?.action}
              onChoose={(action) => void navigate(explorerAddress({ action }), { replace: true })}
            />
          </Col>
          <Col xs={24} lg={16} style={{ minWidth: 0 }}>
            {chosen === undefined ? (
              <Card>
                <Empty title={t('explorer.noSuchCall')} text={t('explorer.noSuchCallText')} />
              </Card>
            ) : (
              <Workbench
                key={`${chosen.action} ${documented}`}
                action={chosen}
                kind={visitor.kind}
                documented={inputs.data?.items.find(({ name }) => name === documented)?.input}
              />
            )}
          </Col>
        </Row>
      )}
    </>
  );
}
