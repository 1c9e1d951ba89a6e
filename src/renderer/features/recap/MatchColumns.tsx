import { IconAlertTriangle, IconCircleCheck, IconClock, IconMinus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { RegionDayAnswer } from '../../../contract/region-day.ts';
import type { MatchLeg } from '../../../domain/day-match.ts';
import { money, signedMoney } from '../../text/format.ts';
import { EXPLANATION_WORDS, LEG_NAMES, legLine, RECAP_TEXT } from '../../text/recap-text.ts';
import styles from './Recap.module.css';

type Match = RegionDayAnswer['match'];
type Leg = Match['legs'][number];

const ICONS = {
  equal: IconCircleCheck,
  explained: IconCircleCheck,
  open: IconAlertTriangle,
  waiting: IconClock,
  'not-applicable': IconMinus,
} as const;

function figureOf({ figure }: Leg): string {
  return figure.kind === 'sum' ? money(figure.amount) : '–';
}

function Column({ leg, isOpen, onOpen }: Readonly<{ leg: Leg; isOpen: boolean; onOpen: () => void }>): ReactNode {
  const Icon = ICONS[leg.state];
  return (
    <button type="button" className={styles['leg']} data-state={leg.state} aria-expanded={isOpen} onClick={onOpen}>
      <span className={styles['legName']}>{LEG_NAMES[leg.leg]}</span>
      <strong>{figureOf(leg)}</strong>
      <span className={styles['legState']}>
        <Icon size="1rem" aria-hidden />
        {legLine(leg)}
      </span>
    </button>
  );
}

function Explanations({ leg }: Readonly<{ leg: Leg }>): ReactNode {
  return (
    <div className={styles['why']}>
      <h3>{RECAP_TEXT.explainedBy(LEG_NAMES[leg.leg])}</h3>
      {leg.explanations.length === 0 ? <p>{RECAP_TEXT.noExplanation}</p> : null}
      <ul>
        {leg.explanations.map(({ entryHash, reason, amount }) => (
          <li key={`${entryHash} ${reason}`}>
            <span>{EXPLANATION_WORDS[reason]}</span>
            <code title={entryHash}>{entryHash.slice(0, 8)}</code>
            <strong>{signedMoney(amount)}</strong>
          </li>
        ))}
      </ul>
      {leg.more === 0 ? null : <p>{RECAP_TEXT.more(leg.more)}</p>}
    </div>
  );
}

/** The column that is open from the start: the one that nobody explained, else one that has something to say. */
function firstOpen({ open, legs }: Pick<Match, 'open' | 'legs'>): MatchLeg | undefined {
  return open[0] ?? legs.find(({ explanations }) => explanations.length > 0)?.leg;
}

/** Five sums that should be one; the one that is not is open already, with what explains it below. */
export function MatchColumns({ match }: Readonly<{ match: Match }>): ReactNode {
  const [opened, setOpened] = useState(() => firstOpen(match));
  const leg = match.legs.find((one) => one.leg === opened);
  return (
    <section aria-label={RECAP_TEXT.matchTitle}>
      <div className={styles['legs']}>
        <div className={styles['leg']} data-state="journal">
          <span className={styles['legName']}>{LEG_NAMES.journal}</span>
          <strong>{money(match.journal)}</strong>
          <span className={styles['legState']} />
        </div>
        {match.legs.map((one) => (
          <Column
            key={one.leg}
            leg={one}
            isOpen={one.leg === opened}
            onOpen={() => setOpened(one.leg === opened ? undefined : one.leg)}
          />
        ))}
      </div>
      {leg === undefined || (leg.state !== 'open' && leg.explanations.length === 0) ? null : <Explanations leg={leg} />}
    </section>
  );
}
