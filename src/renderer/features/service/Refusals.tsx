import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { PAYMENT_TEXT } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';

const CASH_SESSION: readonly string[] = ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER'];

/** Why no money may be taken, each calmly, with the way that is still open. */
export function Refusals({ draft, onPayment }: Readonly<{ draft: DraftView; onPayment: () => void }>): ReactNode {
  const { go } = useNavigation();
  return draft.refusals.map((refusal) => (
    <RefusalCard key={refusal.code} refusal={refusal} mood="calm">
      {CASH_SESSION.includes(refusal.code) ? (
        <Button size="sm" variant="default" onClick={() => go({ screen: 'cash' })}>
          {SERVICE_TEXT.goToCash}
        </Button>
      ) : null}
      {refusal.code === 'PAYMENT_UNRESOLVED' ? (
        <Button size="sm" variant="default" onClick={onPayment}>
          {PAYMENT_TEXT.seePayment}
        </Button>
      ) : null}
      {refusal.code === 'ALREADY_PAID_HERE' ? (
        <Button size="sm" variant="default" onClick={() => go({ screen: 'history', search: draft.vehicle.nrkb })}>
          {SERVICE_TEXT.goToHistory}
        </Button>
      ) : null}
    </RefusalCard>
  ));
}
