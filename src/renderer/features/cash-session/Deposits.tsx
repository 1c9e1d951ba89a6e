import { type ReactNode, useState } from 'react';
import type { CashStandingView } from '../../../contract/views-cash.ts';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { money, roughMoney } from '../../text/format.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Meters } from '../../ui/Meters.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './CashSession.module.css';
import { DepositForm } from './DepositForm.tsx';
import { FactList } from '../../ui/FactList.tsx';

function Standing({ standing }: Readonly<{ standing: CashStandingView }>): ReactNode {
  const { lastClosed, deposits } = standing;
  const { status } = useCounter();
  return (
    <>
      <Meters cash={status.cash} />
      <FactList
        look="sums"
        facts={[
          [CASH_TEXT.inDrawer, (standing.rough ? roughMoney : money)(standing.drawer)],
          [CASH_TEXT.inSafe, money(standing.safe)],
        ]}
      />
      {lastClosed === null ? null : (
        <p className={styles['later']}>
          <strong>{`${CASH_TEXT.lastSession}: `}</strong>
          {CASH_TEXT.lastSessionOf(
            lastClosed.officerName,
            lastClosed.closedAt,
            CASH_TEXT.varianceOf(lastClosed.variance),
          )}
        </p>
      )}
      <h3 className={styles['small']}>{CASH_TEXT.deposits}</h3>
      {deposits.length === 0 ? <p className={styles['later']}>{CASH_TEXT.noDeposits}</p> : null}
      <ul className={styles['deposits']}>
        {deposits.map((deposit) => (
          <li key={deposit.depositId}>
            <strong>{money(deposit.amount)}</strong>
            <span className={styles['later']}>
              {CASH_TEXT.depositOf(deposit.bank, deposit.slipNumber, deposit.depositedOn)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

type DepositsProps = Readonly<{
  /** Held by the caller where its own primary key opens the form. */
  depositing?: boolean;
  onDepositing?: (open: boolean) => void;
}>;

/** Where the cash lies, the last deposits, and the form for the next; beside every state of the session. */
export function Deposits({ depositing, onDepositing }: DepositsProps): ReactNode {
  const reading = useProcedure('cash.standing', {});
  const [ownOpen, setOwnOpen] = useState(false);
  const [saved, setSaved] = useState<number | undefined>();
  const open = depositing ?? ownOpen;
  const setOpen = onDepositing ?? setOwnOpen;
  const standing = reading.value;
  return (
    <div className={styles['side']}>
      <Pane
        title={CASH_TEXT.money}
        fill
        aside={<KeyButton action="quote" small label={CASH_TEXT.deposit} onPress={() => setOpen(true)} />}
      >
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <p role="status" className={styles['saved']}>
          {saved === undefined ? '' : CASH_TEXT.deposited(saved)}
        </p>
        {standing === undefined ? null : <Standing standing={standing} />}
      </Pane>
      {open && standing !== undefined ? (
        <DepositForm
          standing={standing}
          onClose={() => setOpen(false)}
          onSaved={(amount) => {
            setSaved(amount);
            setOpen(false);
          }}
        />
      ) : null}
    </div>
  );
}
