// Whom to ask for help, where the operator has said it; nothing otherwise.

import { useTranslation } from 'react-i18next';
import { useVisitor } from '../api/visitor.ts';

export function Support() {
  const { t } = useTranslation();
  const contact = useVisitor()?.support_contact ?? null;
  if (contact === null) return null;
  return (
    <span className="support">
      {t('common.ask')} <SupportLink contact={contact} />
    </span>
  );
}

function SupportLink({ contact }: { readonly contact: string }) {
  const isPage = contact.startsWith('https://');
  return isPage ? (
    <a href={contact} target="_blank" rel="noreferrer">
      {contact.replace('https://', '')}
    </a>
  ) : (
    <a href={`mailto:${encodeURIComponent(contact).replace('%40', '@')}`}>{contact}</a>
  );
}
