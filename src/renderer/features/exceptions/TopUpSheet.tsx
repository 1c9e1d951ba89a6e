import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import { parseRupiah } from '../../../domain/rupiah.ts';
import { useAction } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { figure, money } from '../../text/format.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { changeOf, groupDigits, parseCashAmount } from '../../ui/cash-amount.ts';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { DoneSheet } from './DoneSheet.tsx';
import styles from './Exceptions.module.css';

type TopUpProps = Readonly<{
  transactionId: string;
  shortfall: NonNullable<CasePage['shortfall']>;
  onClose: () => void;
}>;

/** The rest of a bill in cash: what is missing, what was handed over, what goes back. */
export function TopUpSheet({ transactionId, shortfall, onClose }: TopUpProps): ReactNode {
  const collect = useAction('shortfalls.collect');
  const [typed, setTyped] = useState('');
  const [sure, setSure] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [done, setDone] = useState<{ number: string; change: number } | undefined>();
  const { decisionId, total, payable } = shortfall;
  // Nothing typed is nothing handed over: F12 pressed once too often at the sheet's opening takes no money.
  const tendered = parseCashAmount(typed);
  const { change, missing } = changeOf(tendered, payable);
  const asks = refusal?.code === 'TENDERED_IMPLAUSIBLE';
  const submit = async (): Promise<void> => {
    const amount = parseRupiah(tendered);
    if (!amount.ok || missing > 0) return;
    const asked = { transactionId, decisionId, expectedPayable: payable, tendered: amount.value };
    const answer = await collect.run({ ...asked, confirmedTendered: sure ? amount.value : null });
    if (answer === undefined) return;
    if (answer.ok) setDone({ number: answer.value.collectionNumber, change: answer.value.change });
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  if (done !== undefined) {
    return (
      <DoneSheet
        title={CASE_PAGE_TEXT.collected}
        amount={done.change}
        amountLabel={CASE_PAGE_TEXT.change}
        lines={[done.number, CASE_PAGE_TEXT.collectedNext]}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={CASE_PAGE_TEXT.collect} width="34rem" closeLabel={HISTORY_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <FactList
          look="large"
          facts={[
            [CASE_PAGE_TEXT.missing, money(total)],
            [CASE_PAGE_TEXT.pay, money(payable)],
          ]}
        />
        <TextInput
          label={CASE_PAGE_TEXT.tendered}
          value={typed}
          placeholder={money(payable)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          data-autofocus
          onChange={(event) => {
            setTyped(groupDigits(event.currentTarget.value));
            setSure(false);
          }}
        />
        <div className={styles['actions']}>
          <KeyButton
            action="exact"
            label={SERVICE_TEXT.exact}
            onPress={() => setTyped(figure(payable))}
            level={LAYER.question}
          />
          <output>
            {tendered === undefined
              ? ''
              : missing > 0
                ? CASE_PAGE_TEXT.stillMissing(missing)
                : `${CASE_PAGE_TEXT.change}: ${money(change)}`}
          </output>
        </div>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        {asks ? (
          <Checkbox
            label={CASE_PAGE_TEXT.tenderedSure}
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
        ) : null}
        <div className={styles['actions']}>
          <KeyButton action="back" label={CASE_PAGE_TEXT.cancel} onPress={onClose} level={LAYER.question} />
          <KeyButton
            action="primary"
            primary
            label={CASE_PAGE_TEXT.collect}
            onPress={() => void submit()}
            disabled={tendered === undefined || missing > 0}
            busy={collect.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}
