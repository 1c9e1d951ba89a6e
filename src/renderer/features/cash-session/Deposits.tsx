import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CashStandingView, DepositView } from '../../../contract/views-cash.ts';
import { DEPOSIT_SLIP_KIND } from '../../../contract/views-cash.ts';
import { useCapture } from '../../app/capture-request.tsx';
import { mayOpen } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import { money } from '../../text/format.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Meters } from '../../ui/Meters.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { CashEvents } from './CashEvents.tsx';
import { CashPlaces, DueLine } from './CashPlaces.tsx';
import styles from './CashSession.module.css';
import { DepositSheet } from './DepositSheet.tsx';
import { OnTheWay } from './OnTheWay.tsx';
import { SlipSheet } from './SlipSheet.tsx';

function confirmedWords({ amount, confirmed, byCourier }: DepositView): string {
  const word =
    confirmed >= amount
      ? DRAWER_TEXT.confirmedAll
      : confirmed === 0
        ? DRAWER_TEXT.unconfirmed
        : DRAWER_TEXT.confirmedPart(confirmed);
  return byCourier ? `${DRAWER_TEXT.byCourier}, ${word}` : word;
}

function DepositRow({ deposit }: Readonly<{ deposit: DepositView }>): ReactNode {
  const { open } = useCapture();
  const { signIn } = useCounter();
  const { depositId, amount, bank, slipNumber, depositedOn, pages } = deposit;
  return (
    <li>
      <strong>{money(amount)}</strong>
      <span className={styles['later']}>{CASH_TEXT.depositOf(bank, slipNumber, depositedOn)}</span>
      <span className={styles['later']}>{confirmedWords(deposit)}</span>
      {mayOpen(signIn.role, 'service') ? (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() =>
            open({
              stream: depositId,
              kind: DEPOSIT_SLIP_KIND,
              label: DRAWER_TEXT.slipPaper,
              open: pages === 0 ? 'take' : 'pages',
            })
          }
        >
          {DRAWER_TEXT.slipPages(pages)}
        </Button>
      ) : null}
    </li>
  );
}

function LastSession({ standing }: Readonly<{ standing: CashStandingView }>): ReactNode {
  const [printing, setPrinting] = useState(false);
  const { lastClosed } = standing;
  if (lastClosed === null) return null;
  const { officerName, closedAt, variance, cashSessionId } = lastClosed;
  return (
    <>
      <p className={styles['later']}>
        <strong>{`${CASH_TEXT.lastSession}: `}</strong>
        {CASH_TEXT.lastSessionOf(officerName, closedAt, CASH_TEXT.varianceOf(variance))}{' '}
        <Button variant="default" size="compact-sm" onClick={() => setPrinting(true)}>
          {DRAWER_TEXT.slip}
        </Button>
      </p>
      {printing ? <SlipSheet cashSessionId={cashSessionId} onClose={() => setPrinting(false)} /> : null}
    </>
  );
}

function Standing({
  standing,
  withoutEvents,
}: Readonly<{ standing: CashStandingView; withoutEvents: boolean }>): ReactNode {
  const { deposits, events } = standing;
  const { status } = useCounter();
  return (
    <>
      <CashPlaces standing={standing} />
      <DueLine standing={standing} />
      <Meters cash={status.cash} />
      <OnTheWay standing={standing} />
      <LastSession standing={standing} />
      {withoutEvents ? null : <CashEvents events={events} />}
      <h3 className={styles['small']}>{CASH_TEXT.deposits}</h3>
      {deposits.length === 0 ? <p className={styles['later']}>{CASH_TEXT.noDeposits}</p> : null}
      <ul className={styles['deposits']}>
        {deposits.map((deposit) => (
          <DepositRow key={deposit.depositId} deposit={deposit} />
        ))}
      </ul>
    </>
  );
}

type DepositsProps = Readonly<{
  /** Held by the caller where its own primary key opens the form. */
  depositing?: boolean;
  onDepositing?: (open: boolean) => void;
  /** Whoever takes no cash only looks. */
  readOnly?: boolean;
  /** Where the day's events stand on the larger pane. */
  withoutEvents?: boolean;
}>;

/** Where the cash is, by when it must be at the bank, and what happened with it today; beside every state of the session. */
export function Deposits(props: DepositsProps): ReactNode {
  const { depositing, onDepositing, readOnly = false, withoutEvents = false } = props;
  const reading = useProcedure('cash.standing', {});
  const [ownOpen, setOwnOpen] = useState(false);
  const [saved, setSaved] = useState('');
  const open = depositing ?? ownOpen;
  const setOpen = onDepositing ?? setOwnOpen;
  const standing = reading.value;
  return (
    <div className={styles['side']}>
      <Pane
        title={DRAWER_TEXT.places}
        fill
        aside={
          readOnly ? undefined : (
            <KeyButton action="quote" small label={DRAWER_TEXT.move} onPress={() => setOpen(true)} />
          )
        }
      >
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <p role="status" className={styles['saved']}>
          {saved}
        </p>
        {standing === undefined ? null : <Standing standing={standing} withoutEvents={withoutEvents} />}
      </Pane>
      {open && standing !== undefined ? (
        <DepositSheet
          standing={standing}
          onClose={() => setOpen(false)}
          onSaved={(words) => {
            setSaved(words);
            setOpen(false);
          }}
        />
      ) : null}
    </div>
  );
}
