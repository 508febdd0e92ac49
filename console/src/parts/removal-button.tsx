// A small button in a row of a list that takes something away: it asks first, and says what came of it.

import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useErrorText } from './problem.tsx';

interface Props {
  readonly label: string;
  /** What of, for those who hear the button and do not see its row. */
  readonly of: string;
  readonly title: string;
  readonly text: string;
  readonly done: string;
  readonly disabled?: boolean;
  readonly remove: () => Promise<unknown>;
  /** Also after a failure: the list may be out of date. */
  readonly onSettled: () => Promise<unknown>;
}

export function RemovalButton({ label, of, title, text, done, disabled = false, remove, onSettled }: Props) {
  const { modal, message } = App.useApp();
  const errorText = useErrorText();
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: () => message.success(done),
    onError: (error) => message.error(errorText(error)),
    onSettled,
  });
  const ask = () =>
    modal.confirm({
      title,
      content: text,
      okText: label,
      okButtonProps: { danger: true },
      onOk: () => removal.mutateAsync().catch(() => {}),
    });
  return (
    <Button size="small" aria-label={`${label}: ${of}`} disabled={disabled} onClick={ask}>
      {label}
    </Button>
  );
}
