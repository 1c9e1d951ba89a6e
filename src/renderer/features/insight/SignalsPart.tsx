import { type ReactNode, useState } from 'react';
import type { RegionSignal } from '../../../contract/region-insight.ts';
import type { SignalsView } from '../../../contract/views-insight.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { count, day } from '../../text/format.ts';
import { INSIGHT_TEXT, SIGNAL_NAMES, signalWords } from '../../text/insight-text.ts';
import { RECAP_TEXT } from '../../text/recap-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Split } from '../../ui/Split.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { PartBar } from './bars.tsx';
import styles from './Insight.module.css';

const MOST = 200;
const ROW_REM = 3.25;
const SHORT_HASH = 8;

type Head = NonNullable<SignalsView['head']>;

const keyOf = ({ outletId, kind, by, entries }: RegionSignal): string =>
  `${outletId} ${kind} ${by?.officerId ?? ''} ${entries[0] ?? ''}`;

/** How many questions there are of each kind, as bars. */
function Kinds({ counts }: Pick<Head, 'counts'>): ReactNode {
  const most = Math.max(1, ...counts.map((one) => one.count));
  return (
    <ul className={styles['kinds']} aria-label={INSIGHT_TEXT.byKind}>
      {counts.map(({ kind, count: many }) => (
        <li key={kind}>
          <span>{SIGNAL_NAMES[kind]}</span>
          <PartBar part={many} all={many} most={most} label={count(many)} />
          <span className={styles['figure']}>{count(many)}</span>
        </li>
      ))}
    </ul>
  );
}

function Detail({ signal }: Readonly<{ signal: RegionSignal }>): ReactNode {
  return (
    <>
      <p className={styles['sentence']}>{signalWords(signal)}</p>
      <p className={styles['dim']}>
        {signal.outletName} · {signal.by?.name ?? INSIGHT_TEXT.wholeOutlet}
        {signal.businessOn === null ? '' : ` · ${day(signal.businessOn)}`}
      </p>
      <p>{INSIGHT_TEXT.entries(signal.entries.length)}</p>
      <ul className={styles['hashes']}>
        {signal.entries.map((hash) => (
          <li key={hash}>
            <code title={hash}>{hash.slice(0, SHORT_HASH)}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ signal }: Readonly<{ signal: RegionSignal }>): ReactNode {
  return (
    <>
      <TwoLines>
        <strong>{SIGNAL_NAMES[signal.kind]}</strong>
        <small title={signal.outletName}>
          {signal.outletName} · {signal.by?.name ?? INSIGHT_TEXT.wholeOutlet}
        </small>
      </TwoLines>
      <span className={styles['level']}>{signal.level === 'few' ? INSIGHT_TEXT.few : ''}</span>
      <span className={styles['figure']}>{signal.businessOn === null ? '' : day(signal.businessOn)}</span>
    </>
  );
}

/** Perlu dilihat: questions that the newest days of the region raise; Enter opens the day on which to look first. */
export function SignalsPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const { go } = useNavigation();
  const [at, setAt] = useState<string | undefined>();
  const load = useRegionLoad({ of: 'signals' });
  const { value: kept } = useProcedure('insight.signals', { offset: 0, limit: MOST }, { keepPrevious: true });
  const head = kept?.head ?? null;
  const rows = kept?.rows ?? [];
  const chosen = rows.find((one) => keyOf(one) === at) ?? rows[0];
  const open = (): void => {
    if (chosen?.businessOn === undefined || chosen.businessOn === null) return;
    go({ screen: 'recap', outletId: chosen.outletId, businessOn: chosen.businessOn });
  };
  return (
    <RegionScreen
      title={INSIGHT_TEXT.title}
      choice={tabs}
      kept={kept}
      load={load}
      primary={
        <>
          {kept === undefined || kept.complete || kept.loadedAt === null ? null : (
            <KeyButton action="recent" label={RECAP_TEXT.loadMore} busy={load.busy} onPress={load.more} />
          )}
          <KeyButton
            action="primary"
            primary
            label={INSIGHT_TEXT.openDay}
            disabled={(chosen?.businessOn ?? null) === null}
            onPress={open}
          />
        </>
      }
    >
      <div className={styles['insight']}>
        <LoadRefusal refusal={load.refusal} hasCopy={head !== null} />
        {head === null ? null : (
          <p className={styles['dim']}>
            {INSIGHT_TEXT.signalsOf(head.from, head.to, head.outlets, head.sales)}. {INSIGHT_TEXT.noAccusation}
          </p>
        )}
        <Split
          side={
            chosen === undefined || head === null ? null : (
              <Pane title={SIGNAL_NAMES[chosen.kind]} fill>
                <Detail signal={chosen} />
                <h3>{INSIGHT_TEXT.byKind}</h3>
                <Kinds counts={head.counts} />
              </Pane>
            )
          }
        >
          <VirtualList<RegionSignal>
            label={INSIGHT_TEXT.tabs.signals}
            rows={rows}
            keyOf={keyOf}
            rowRem={ROW_REM}
            columns="minmax(0, 1fr) 7rem 7rem"
            selected={chosen === undefined ? undefined : keyOf(chosen)}
            onSelect={(signal) => setAt(keyOf(signal))}
            onOpen={open}
            autoFocus
            empty={<Empty loaded={head !== null} busy={load.busy} />}
            render={(signal) => <Row signal={signal} />}
          />
        </Split>
      </div>
    </RegionScreen>
  );
}

function Empty({ loaded, busy }: Readonly<{ loaded: boolean; busy: boolean }>): ReactNode {
  if (loaded) return <EmptyState text={INSIGHT_TEXT.signalsEmpty} next={INSIGHT_TEXT.signalsEmptyNext} />;
  return busy ? null : <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />;
}
