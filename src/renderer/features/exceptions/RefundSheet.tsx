import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import type { OutputFor } from '../../app/client.ts';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { DoneSheet } from './DoneSheet.tsx';
import styles from './Exceptions.module.css';

const FIELDS = [
  ['accountHolder', CASE_PAGE_TEXT.holder, 120],
  ['bank', CASE_PAGE_TEXT.bank, 60],
  ['accountNumber', CASE_PAGE_TEXT.account, 40],
  ['phone', CASE_PAGE_TEXT.phoneOf, 30],
] as const;

type RefundProps = Readonly<{
  transactionId: string;
  amount: number;
  /** What has to lie there and does not; then the officer says why. */
  missing: NonNullable<CasePage['refundPapers']>['missing'];
  onClose: () => void;
}>;

/** An application for a refund: whose account; the sums are those of the decision. */
export function RefundSheet({ transactionId, amount, missing, onClose }: RefundProps): ReactNode {
  const request = useAction('refunds.request');
  const [typed, setTyped] = useState({ accountHolder: '', bank: '', accountNumber: '', phone: '' });
  const [why, setWhy] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [done, setDone] = useState<OutputFor<'refunds.request'> | undefined>();
  const { accountHolder, bank, accountNumber, phone } = typed;
  const hasPapers = missing.length === 0 || why.trim().length >= 3;
  const ready =
    hasPapers && accountHolder.trim().length >= 2 && bank.trim().length >= 2 && /^[\d .-]{5,40}$/.test(accountNumber);
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const person = { accountHolder, bank, accountNumber, phone: phone.trim() === '' ? null : phone };
    const answer = await request.run({ transactionId, ...person, withoutPapers: missing.length === 0 ? null : why });
    if (answer === undefined) return;
    if (answer.ok) setDone(answer.value);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  if (done !== undefined) {
    return (
      <DoneSheet
        title={CASE_PAGE_TEXT.requested}
        amount={done.amount}
        amountLabel={CASE_PAGE_TEXT.refundNumber(done.refundNumber)}
        lines={[CASE_PAGE_TEXT.requestedNext]}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={CASE_PAGE_TEXT.applyRefund} width="34rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <p>{CASE_PAGE_TEXT.refundFacts(amount)}</p>
        {FIELDS.map(([name, label, maxLength], index) => (
          <TextInput
            key={name}
            label={label}
            value={typed[name]}
            maxLength={maxLength}
            autoComplete="off"
            data-autofocus={index === 0 ? true : undefined}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        {missing.length === 0 ? null : (
          <TextInput
            label={CASE_PAGE_TEXT.withoutPapers}
            description={CASE_PAGE_TEXT.papersMissing(missing)}
            value={why}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        )}
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_PAGE_TEXT.applyRefund}
          ready={ready}
          busy={request.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
