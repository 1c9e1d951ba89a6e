import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { TransactionView } from '../../../contract/views-transaction.ts';
import { mayOpen } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { PrintWhy } from '../../app/PrintWhy.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASE_PAGE_TEXT, sameDayWhy } from '../../text/case-page-text.ts';
import { figure, money, signedMoney } from '../../text/format.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { componentText } from '../../text/vehicle-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { AxisList } from '../../ui/AxisMarks.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { ErasePersonDialog } from './ErasePersonDialog.tsx';
import styles from './History.module.css';
import { Life } from './Life.tsx';
import { PagesOfSale } from './PagesOfSale.tsx';
import { ReprintDialog } from './ReprintDialog.tsx';
import { SameDaySheet } from './SameDaySheet.tsx';
import { UnknownPaper } from './UnknownPaper.tsx';
import { VoidDialog } from './VoidDialog.tsx';

function Sums({ view }: Readonly<{ view: TransactionView }>): ReactNode {
  const sums: readonly (readonly [string, string])[] = [
    [HISTORY_TEXT.total, money(view.row.total)],
    ...(view.rounding === 0 ? [] : [[HISTORY_TEXT.rounding, signedMoney(-view.rounding)] as const]),
    [HISTORY_TEXT.payable, money(view.row.payable)],
    [HISTORY_TEXT.tendered, money(view.tendered)],
    [HISTORY_TEXT.change, money(view.change)],
  ];
  return (
    <dl className={styles['sums']}>
      {view.lines.map((line) => (
        <div key={`${line.component}-${line.periodDueOn}`}>
          <dt>{componentText(line.component)}</dt>
          <dd>{figure(line.amount)}</dd>
        </div>
      ))}
      {sums.map(([name, value]) => (
        <div key={name} className={styles['sum']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The first and last four of the entry's hash, as the paper prints them. */
function proofOf(view: TransactionView): string {
  const { entryHash } = view;
  return `${HISTORY_TEXT.entry(view.seq)}, ${entryHash.slice(0, 4)}…${entryHash.slice(-4)}`;
}

function FinalReceipt({ view }: Readonly<{ view: TransactionView }>): ReactNode {
  const print = useAction('transactions.print-final');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  if (view.finalReceipt === null) return null;
  const run = async (): Promise<void> => {
    const answer = await print.run({ transactionId: view.row.transactionId });
    if (answer !== undefined) setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <>
      <p>{`${HISTORY_TEXT.final}: ${view.finalReceipt.number}`}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <KeyButton action="quote" label={HISTORY_TEXT.printFinal} onPress={() => void run()} busy={print.busy} />
    </>
  );
}

/** What somebody asked for on this page; each has its dialog. */
type Asked = 'erase' | 'void' | 'same-day' | 'reprint';

/** A sent sale may be asked back on its own day, or the reason why not. */
function AskBack({ transactionId, onAsk }: Readonly<{ transactionId: string; onAsk: () => void }>): ReactNode {
  const may = useProcedure('cancellations.preview', { transactionId }).value?.may;
  if (may === 'yes') {
    return (
      <Button variant="default" color="red" onClick={onAsk}>
        {CASE_PAGE_TEXT.sameDay}
      </Button>
    );
  }
  const why = may === undefined ? '' : sameDayWhy(may);
  return why === '' ? null : <span className={styles['dim']}>{why}</span>;
}

/** What may be done with this transaction, by this person, now. */
function Actions({
  view,
  note,
  onAsk,
}: Readonly<{ view: TransactionView; note: string; onAsk: (asked: Asked) => void }>): ReactNode {
  const { signIn } = useCounter();
  const officer = mayOpen(signIn.role, 'service');
  return (
    <div className={styles['actions']}>
      <span role="status">{note}</span>
      {officer && view.voided === null ? <PrintWhy transactionId={view.row.transactionId} onSheet={false} /> : null}
      {signIn.role === 'supervisor' ? (
        <Button variant="default" color="red" onClick={() => onAsk('erase')}>
          {HISTORY_TEXT.erase}
        </Button>
      ) : null}
      {officer && view.mayVoid === 'yes' ? (
        <Button variant="default" color="red" onClick={() => onAsk('void')}>
          {HISTORY_TEXT.voidIt}
        </Button>
      ) : null}
      {officer && view.mayVoid === 'sent' ? (
        <AskBack transactionId={view.row.transactionId} onAsk={() => onAsk('same-day')} />
      ) : null}
      {officer && view.voided === null ? (
        <KeyButton action="reprint" primary label={HISTORY_TEXT.reprint} onPress={() => onAsk('reprint')} />
      ) : null}
    </div>
  );
}

/** Whether it was taken back, or why it cannot be any more. */
function VoidNote({ view }: Readonly<{ view: TransactionView }>): ReactNode {
  const { signIn } = useCounter();
  const why = HISTORY_TEXT.mayVoid[view.mayVoid];
  return why === '' || !mayOpen(signIn.role, 'service') ? null : <p className={styles['dim']}>{why}</p>;
}

/** One transaction: its five axes, its life, its lines, its papers. */
export function TransactionPage({ transactionId }: Readonly<{ transactionId: string }>): ReactNode {
  const reading = useProcedure('transactions.get', { transactionId });
  const [asked, setAsked] = useState<Asked | undefined>();
  const [note, setNote] = useState('');
  const [unprinted, setUnprinted] = useState<ScreenRefusal | undefined>();
  const view = reading.value;
  return (
    <Pane
      foot={view === undefined ? undefined : <Actions view={view} note={note} onAsk={setAsked} />}
      title={view?.row.receiptNumber ?? HISTORY_TEXT.life}
      fill
      aside={view === undefined ? null : <Plate nrkb={view.row.nrkb} colour={view.row.plateColour} />}
    >
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {view === undefined ? (
        reading.refusal === undefined ? (
          <Skeleton height="28rem" />
        ) : null
      ) : (
        <>
          <p>
            <strong>{`${view.vehicle.make} ${view.vehicle.model} ${view.vehicle.yearMade}`}</strong>
            <span className={styles['aside']}>{`${view.maskedOwner} · ${view.row.officerName}`}</span>
          </p>
          <UnknownPaper view={view} refusal={unprinted} onRefusal={setUnprinted} />
          <div className={styles['page']}>
            <section aria-label={HISTORY_TEXT.axes}>
              <AxisList axes={view.row.axes} />
              {view.decisionReason === null ? null : (
                <p className={styles['warn']}>{`${HISTORY_TEXT.decision}: ${view.decisionReason}`}</p>
              )}
              {view.voided === null ? null : (
                <p className={styles['warn']}>{HISTORY_TEXT.voidedBy(view.voided.voidNumber, view.voided.reason)}</p>
              )}
              <h3 className={styles['section']}>{HISTORY_TEXT.life}</h3>
              <Life steps={view.life} />
            </section>
            <section aria-label={HISTORY_TEXT.lines}>
              <Sums view={view} />
              <p className={styles['dim']}>{`${HISTORY_TEXT.proof}: ${proofOf(view)}`}</p>
              <VoidNote view={view} />
              <PagesOfSale stream={view.row.transactionId} />
              <FinalReceipt view={view} />
            </section>
          </div>
        </>
      )}
      {asked === 'erase' && view !== undefined ? (
        <ErasePersonDialog
          transactionId={transactionId}
          receiptNumber={view.row.receiptNumber}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked === 'void' && view !== undefined ? <VoidDialog view={view} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'same-day' && view !== undefined ? (
        <SameDaySheet
          transactionId={transactionId}
          receiptNumber={view.row.receiptNumber}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked === 'reprint' && view !== undefined ? (
        <ReprintDialog
          transactionId={transactionId}
          onClose={() => setAsked(undefined)}
          onPrinted={(copyNo, printer) => {
            setAsked(undefined);
            setUnprinted(undefined);
            setNote(HISTORY_TEXT.sentToPrinter(copyNo, printer));
          }}
        />
      ) : null}
    </Pane>
  );
}
