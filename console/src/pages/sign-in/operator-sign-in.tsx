// An operator's way in: the terminal printed a link, whose secret stands behind the # and is used up here.

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { CallError, call } from '../../api/call.ts';
import { useForgetAll } from '../../api/visitor.ts';
import { Problem } from '../../parts/problem.tsx';
import { SignInCard } from './card.tsx';

const COMMAND = 'npm run -s lineproof -- operator link';

const linkInAddress = (): string => location.hash.slice(1);

/** Taken out of the address at once: neither the history nor a screenshot shall keep it. */
function useLink(): string {
  const [link, setLink] = useState(linkInAddress);
  useEffect(() => {
    const take = () => {
      if (linkInAddress() === '') return;
      setLink(linkInAddress());
      history.replaceState(history.state, '', location.pathname);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return link;
}

export function Page() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const forgetAll = useForgetAll();
  const link = useLink();
  const enter = useMutation({
    mutationFn: () => call('POST /operator/session', { body: { link } }),
    onSuccess: async () => {
      await forgetAll();
      navigate('/overview', { replace: true });
    },
  });
  const isUsed = enter.error instanceof CallError && enter.error.code === 'invalid_code';

  return (
    <SignInCard title={t('operatorSignIn.title')} lead={t('operatorSignIn.lead')}>
      {enter.isError && !isUsed && <Problem error={enter.error} />}
      {link === '' || isUsed ? (
        <Alert
          type="warning"
          title={t(isUsed ? 'operatorSignIn.failed' : 'operatorSignIn.noLink')}
          description={
            <Typography.Text code copyable>
              {COMMAND}
            </Typography.Text>
          }
        />
      ) : (
        // A press, so that a program that only looks at links uses none up.
        <Button
          type="primary"
          size="large"
          block
          autoFocus
          loading={enter.isPending}
          onClick={() => enter.mutate()}
        >
          {t('operatorSignIn.submit')}
        </Button>
      )}
    </SignInCard>
  );
}
