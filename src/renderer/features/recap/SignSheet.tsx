import { type ReactNode, useState } from 'react';
import type { LegSummary } from '../../../contract/day-figures.ts';
import type { RegionDaySummary } from '../../../contract/region-day.ts';
import { useAction } from '../../app/queries.tsx';
import { WasFirst } from '../../app/region/Others.tsx';
import { SignPart, type Typed } from '../../app/region/SignPart.tsx';
import { useWords } from '../../app/region/Words.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, money, shortDay } from '../../text/format.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { LEG_NAMES, legLine, RECAP_TEXT } from '../../text/recap-text.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { isSignedByOther, type Signature } from './recap-rows.ts';
import styles from './Recap.module.css';

/** What is signed: a day as it was shown, with what the sheet says of it. */
export type ToSign = Pick<RegionDaySummary, 'outletId' | 'outletName' | 'businessOn' | 'sales' | 'journal'> &
  Readonly<{ part: number; itemsHash: string; legs: readonly LegSummary[] }>;

const ROW_REM = 2;

/** Whether the core will ask for a note beside this signature. */
function wantsNote({ legs }: Pick<ToSign, 'legs'>): boolean {
  return legs.some(({ state }) => state === 'open');
}

function List({ days }: Readonly<{ days: readonly ToSign[] }>): ReactNode {
  const [at, setAt] = useState(days[0]?.outletId);
  return (
    <div className={styles['signList']}>
      <VirtualList
        label={RECAP_TEXT.list}
        rows={days}
        keyOf={({ outletId, businessOn }) => `${outletId} ${businessOn}`}
        rowRem={ROW_REM}
        columns="minmax(0, 1fr) 5rem 6rem 9rem"
        selected={at}
        onSelect={({ outletId, businessOn }) => setAt(`${outletId} ${businessOn}`)}
        empty={null}
        render={(day) => (
          <>
            {/* Long names of one foundation begin alike: the number tells them apart. */}
            <span className={styles['cut']} title={day.outletName}>{`${day.outletId} ${day.outletName}`}</span>
            <span>{shortDay(day.businessOn)}</span>
            <span className={styles['figure']}>{count(day.sales)}</span>
            <span className={styles['figure']}>{money(day.journal)}</span>
          </>
        )}
      />
    </div>
  );
}

function Single({ day }: Readonly<{ day: ToSign }>): ReactNode {
  return (
    <dl className={styles['single']}>
      <div>
        <dt>{LEG_NAMES.journal}</dt>
        <dd>{money(day.journal)}</dd>
      </div>
      {day.legs.map((leg) => (
        <div key={leg.leg} data-state={leg.state}>
          <dt>{LEG_NAMES[leg.leg]}</dt>
          <dd>{legLine(leg)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The list or the one day, in full, and one PIN under it: an entry for each day. */
export function SignSheet({
  days: shown,
  signature,
  onSigned,
  onClose,
}: Readonly<{
  days: readonly ToSign[];
  signature: Signature;
  onSigned: (group: string) => void;
  onClose: () => void;
}>): ReactNode {
  const sign = useAction('region.sign');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  useKeys({}, { level: LAYER.question, exclusive: true });
  const { others } = useWords();
  const first = others.filter((word) => shown.some((day) => isSignedByOther([word], day, signature)));
  const days = shown.filter((day) => !isSignedByOther(others, day, signature));
  const [only] = shown;
  const isOne = shown.length === 1 && only !== undefined;
  const submit = async ({ pin, note }: Typed): Promise<void> => {
    const asked = days.map(({ outletId, businessOn, part, itemsHash }) => ({ outletId, businessOn, part, itemsHash }));
    const answer = await sign.run({ signature, days: asked, note: note === '' ? null : note, pin });
    if (answer === undefined) return;
    if (answer.ok) onSigned(answer.value.group);
    else setRefusal(answer.error);
  };
  return (
    <Sheet
      title={
        isOne ? RECAP_TEXT.heading(only.outletName, only.businessOn) : RECAP_TEXT.signAllTitle[signature](days.length)
      }
      width="44rem"
      closeLabel={FRAME_TEXT.close}
      onClose={onClose}
    >
      <p className={styles['dim']}>{RECAP_TEXT.signHow[signature]}</p>
      <WasFirst others={first} how={isOne ? WORD_TEXT.typedStays : WORD_TEXT.restStays} />
      {isOne ? <Single day={only} /> : <List days={days} />}
      <p className={styles['sum']}>
        {RECAP_TEXT.total} <strong>{money(days.reduce((sum, { journal }) => sum + journal, 0))}</strong>
      </p>
      <SignPart
        note={isOne ? (wantsNote(only) ? 'needed' : 'may') : 'none'}
        submitLabel={isOne ? RECAP_TEXT.sign[signature] : RECAP_TEXT.signAll(days.length)}
        ready={days.length > 0}
        busy={sign.busy}
        refusal={refusal}
        onSubmit={(typed) => void submit(typed)}
        onClose={onClose}
      />
    </Sheet>
  );
}
