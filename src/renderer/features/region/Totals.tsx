import type { ReactNode } from 'react';
import type { RegionOutletsView } from '../../../contract/views-region.ts';
import { count, money } from '../../text/format.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import styles from './Region.module.css';

type Head = NonNullable<RegionOutletsView['head']>;

/** The whole region in seven figures, the tariff, and for whom somebody stands in. */
export function Totals({ head }: Readonly<{ head: Head }>): ReactNode {
  const { totals, rules, delegations } = head;
  const figures: readonly (readonly [string, string, boolean])[] = [
    [REGION_TEXT.outlets, count(totals.outlets), false],
    [REGION_TEXT.worried, count(totals.worried), totals.worried > 0],
    [REGION_TEXT.unsent, count(totals.unsent), false],
    [REGION_TEXT.undeposited, money(totals.undeposited), false],
    [REGION_TEXT.openSessions, count(totals.openSessions), false],
    [REGION_TEXT.waitingClose, count(totals.waitingClose), false],
    [REGION_TEXT.waitingReconciliation, count(totals.waitingReconciliation), false],
  ];
  const { current, next } = rules;
  const isLacking = next !== null && next.lacking > 0;
  return (
    <section className={styles['totals']} aria-label={REGION_TEXT.totals}>
      <dl className={styles['figures']}>
        {figures.map(([name, value, isUrgent]) => (
          <div key={name} data-urgent={isUrgent}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['rules']} data-lacking={isLacking}>
        {current === null ? REGION_TEXT.rulesNone : REGION_TEXT.rulesNow(current.packId, current.validFrom)}{' '}
        {next === null ? '' : REGION_TEXT.rulesNext(next.packId, next.validFrom, next.lacking)}
      </p>
      {delegations.map(({ delegationId, fromName, letterNumber, toOn }) => (
        <p key={delegationId} className={styles['rules']}>
          {REGION_TEXT.plh(fromName, letterNumber, toOn)}
        </p>
      ))}
    </section>
  );
}
