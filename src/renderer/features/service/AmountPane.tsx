import { Checkbox } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { AmountView, ChargeLineView } from '../../../contract/views-vehicle.ts';
import { useCounter } from '../../app/status.tsx';
import { lineNote } from '../../../contract/explanation-words.ts';
import { day, figure, money } from '../../text/format.ts';
import { guardText } from '../../text/payment-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { COMPONENT_TEXT, GROUP_TEXT } from '../../text/vehicle-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Service.module.css';
import type { ServiceFlow } from './service-flow.ts';

function Line({ line }: Readonly<{ line: ChargeLineView }>): ReactNode {
  return (
    <div className={styles['line']}>
      <dt>
        {COMPONENT_TEXT[line.component]}
        <span className={styles['note']}>{lineNote(line)}</span>
      </dt>
      <dd>
        {figure(line.amount)}
        {line.waived === 0 ? null : <del className={styles['waived']}>{figure(line.amount + line.waived)}</del>}
      </dd>
    </div>
  );
}

/** Lines by period, oldest first; the head of a period shows only where there are several. */
function Lines({ amount }: Readonly<{ amount: AmountView }>): ReactNode {
  return (
    <div className={styles['lines']}>
      {amount.periods.map((dueOn) => (
        <section key={dueOn}>
          <h3 className={styles['period']}>{`${SERVICE_TEXT.due} ${day(dueOn)}`}</h3>
          <dl>
            {amount.lines
              .filter((line) => line.periodDueOn === dueOn)
              .map((line) => (
                <Line key={line.component} line={line} />
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Groups({ flow, draft }: Readonly<{ flow: ServiceFlow; draft: DraftView }>): ReactNode {
  return (
    <fieldset className={styles['groups']}>
      <legend>{SERVICE_TEXT.groups}</legend>
      {Object.entries(GROUP_TEXT).map(([group, name]) => (
        <Checkbox
          key={group}
          size="sm"
          color="opop"
          label={name}
          checked={draft.groups.includes(group)}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            void flow.change('transactions.set-groups', (now) => ({
              transactionId: now.transactionId,
              groups: checked ? [...now.groups, group] : now.groups.filter((other) => other !== group),
            }));
          }}
        />
      ))}
    </fieldset>
  );
}

/** What is known of an earlier payment, with since when; it promises nothing. */
function Guard({ draft }: Readonly<{ draft: DraftView }>): ReactNode {
  return (
    <ul className={styles['guard']}>
      {draft.guard.map((fact) => (
        <li key={fact.source} data-paid={fact.isPaid}>
          {guardText(fact)}
        </li>
      ))}
    </ul>
  );
}

function Sums({ amount, draft }: Readonly<{ amount: AmountView; draft: DraftView }>): ReactNode {
  const { bill } = amount;
  return (
    <div className={styles['sums']}>
      <p>{amount.byBeneficiary.map((share) => `${share.name} ${money(share.amount)}`).join(' · ')}</p>
      <p className={styles['dim']}>
        {[
          ...(amount.waivedTotal === 0 ? [] : [SERVICE_TEXT.waivedTotal(amount.waivedTotal)]),
          ...(draft.arrivedOn === null ? [] : [SERVICE_TEXT.arrivedOn(draft.arrivedOn)]),
          ...(bill === null ? [] : [SERVICE_TEXT.billUntil(bill.validUntil)]),
        ].join(' · ')}
      </p>
      <Guard draft={draft} />
      {bill === null || bill.difference === 0 ? null : (
        <p className={styles['warn']}>{SERVICE_TEXT.billDiffers(bill.difference)}</p>
      )}
    </div>
  );
}

/** Step 3: every line, for whom, how much; F6 says why, F10 prints it as a price slip. */
export function AmountPane({
  flow,
  draft,
  onWhy,
}: Readonly<{ flow: ServiceFlow; draft: DraftView; onWhy: () => void }>): ReactNode {
  const { status } = useCounter();
  const [quoted, setQuoted] = useState(false);
  const { amount } = draft;
  const printQuote = async (): Promise<void> => {
    setQuoted(await flow.printQuote());
  };
  const title = amount?.figure === 'penetapan' ? SERVICE_TEXT.bill : SERVICE_TEXT.estimate;
  return (
    <Pane
      title={title}
      step={3}
      fill
      aside={amount === null ? null : <KeyButton action="why" label={SERVICE_TEXT.why} onPress={onWhy} small />}
    >
      {amount === null ? (
        <p className={styles['dim']}>
          {draft.identity === null ? SERVICE_TEXT.waitingForTail : SERVICE_TEXT.notPossible}
        </p>
      ) : (
        <>
          <Lines amount={amount} />
          <Sums amount={amount} draft={draft} />
        </>
      )}
      {draft.identity === null ? null : (
        <footer className={styles['amountFoot']}>
          <Groups flow={flow} draft={draft} />
          <div className={styles['quote']}>
            <span className={styles['dim']} role="status">
              {quoted ? SERVICE_TEXT.quoteDone : ''}
            </span>
            {amount === null ? null : (
              <KeyButton
                action="quote"
                label={SERVICE_TEXT.quote}
                onPress={() => void printQuote()}
                disabled={!status.enrolled}
              />
            )}
          </div>
        </footer>
      )}
    </Pane>
  );
}
