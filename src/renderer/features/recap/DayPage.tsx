import type { ReactNode } from 'react';
import type { RegionDayAnswer } from '../../../contract/region-day.ts';
import { money } from '../../text/format.ts';
import { findingLine, RECAP_TEXT } from '../../text/recap-text.ts';
import { DAY_STATE_WORDS, LOOK_WORDS } from '../../text/region-text.ts';
import { WORD_REFUSALS } from '../../text/word-text.ts';
import { MatchColumns } from './MatchColumns.tsx';
import styles from './Recap.module.css';

type Day = Readonly<{ day: RegionDayAnswer }>;

function Part({ title, children }: Readonly<{ title: string; children: ReactNode }>): ReactNode {
  return (
    <section className={styles['block']} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Findings({ day }: Day): ReactNode {
  const { findings, findingsMore } = day;
  return (
    <Part title={RECAP_TEXT.findingsTitle}>
      {findings.length === 0 ? <p className={styles['dim']}>{RECAP_TEXT.noFindings}</p> : null}
      <ul className={styles['urgent']}>
        {findings.map((finding) => (
          <li key={`${finding.kind} ${finding.what} ${String(finding.deviceNo)}`}>{findingLine(finding)}</li>
        ))}
      </ul>
      {findingsMore === 0 ? null : <p>{RECAP_TEXT.more(findingsMore)}</p>}
    </Part>
  );
}

function Sessions({ day }: Day): ReactNode {
  return (
    <Part title={RECAP_TEXT.sessionsTitle}>
      <ul>
        {day.sessions.map(({ cashSessionId, by, sales, takings, closedAt, variance, explanation }) => (
          <li key={cashSessionId}>
            {RECAP_TEXT.session(by.name, sales, takings)}
            <span className={styles['dim']}>
              {closedAt === null ? RECAP_TEXT.sessionOpen : RECAP_TEXT.variance(variance ?? 0, explanation)}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles['dim']}>{RECAP_TEXT.missing(day.documentsMissing)}</p>
    </Part>
  );
}

function Deposits({ day }: Day): ReactNode {
  const { undeposited, dueOn, overdue } = day.cash;
  return (
    <Part title={RECAP_TEXT.depositsTitle}>
      {day.deposits.length === 0 ? <p className={styles['dim']}>{RECAP_TEXT.noDeposits}</p> : null}
      <ul>
        {day.deposits.map(({ depositId, bank, slipNumber, depositedOn, amount, confirmed }) => (
          <li key={depositId}>
            {RECAP_TEXT.deposit(bank, slipNumber, depositedOn)}
            <span className={styles['dim']}>{RECAP_TEXT.depositState(amount, confirmed)}</span>
          </li>
        ))}
      </ul>
      <p className={overdue ? styles['urgent'] : styles['dim']}>{RECAP_TEXT.cashLine(undeposited, dueOn, overdue)}</p>
    </Part>
  );
}

function Signatures({ day }: Day): ReactNode {
  const word = (signature: RegionDayAnswer['parts'][number]['close']): string =>
    signature === null ? RECAP_TEXT.unsigned : RECAP_TEXT.signedBy(signature.name, signature.at);
  return (
    <Part title={RECAP_TEXT.partsTitle}>
      <ul>
        {day.parts.map(({ number, items, close, reconciliation }) => (
          <li key={number}>
            {RECAP_TEXT.part(number)} · {RECAP_TEXT.partItems(items)}
            <span className={styles['dim']}>
              {RECAP_TEXT.closeShort}: {word(close)} · {RECAP_TEXT.reconciliationShort}: {word(reconciliation)}
            </span>
          </li>
        ))}
      </ul>
      {day.decisions
        .filter(({ applied, refusal }) => !applied && refusal !== null)
        .map(({ entryHash, by, refusal }) => (
          <p key={entryHash} className={styles['dim']}>
            {by.name}: {refusal === null ? '' : WORD_REFUSALS[refusal]}
          </p>
        ))}
    </Part>
  );
}

function Apart({ day }: Day): ReactNode {
  if (day.apart.length === 0) return null;
  return (
    <Part title={RECAP_TEXT.apartTitle}>
      <ul>
        {day.apart.map(({ item, standing, reason }) => (
          <li key={item}>
            {RECAP_TEXT.standing[standing]}: {reason}
            <code title={item}>{item.slice(0, 8)}</code>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** One day of an outlet: what should be equal, what explains it, and everything else that a signature covers. */
export function DayPage({ day }: Day): ReactNode {
  return (
    <div className={styles['day']}>
      <header className={styles['dayHead']}>
        <h2>{RECAP_TEXT.heading(day.outletName, day.businessOn)}</h2>
        <span className={styles['state']} data-state={day.state}>
          {DAY_STATE_WORDS[day.state]}
        </span>
        {day.look === 'worked' ? null : (
          <span className={styles['dim']}>{day.closedReason ?? LOOK_WORDS[day.look]}</span>
        )}
        <span className={styles['dim']}>{money(day.match.journal)}</span>
      </header>
      {day.isOwnWork ? <p className={styles['urgent']}>{RECAP_TEXT.ownWork}</p> : null}
      <MatchColumns key={`${day.outletId} ${day.businessOn} ${String(day.asOf)}`} match={day.match} />
      <div className={styles['blocks']}>
        <Findings day={day} />
        <Sessions day={day} />
        <Deposits day={day} />
        <Signatures day={day} />
        <Apart day={day} />
      </div>
    </div>
  );
}
