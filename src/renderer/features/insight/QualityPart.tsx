import { type ReactNode, useState } from 'react';
import type { RegionQualityOutlet } from '../../../contract/region-insight.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { count, money } from '../../text/format.ts';
import { INSIGHT_TEXT, newestWeek } from '../../text/insight-text.ts';
import { RECAP_TEXT } from '../../text/recap-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Split } from '../../ui/Split.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { WeekBars } from './bars.tsx';
import styles from './Insight.module.css';
import { QualityCharts } from './QualityCharts.tsx';

const MOST = 200;
const ROW_REM = 3;

/** Sums over all weeks of an outlet. */
function sumsOf({ weeks }: RegionQualityOutlet) {
  const sum = (of: (week: RegionQualityOutlet['weeks'][number]) => number): number =>
    weeks.reduce((total, week) => total + of(week), 0);
  const heard = sum((week) => week.heard);
  return {
    sales: sum((week) => week.sales),
    permille: heard === 0 ? null : (sum(({ changed, refused }) => changed + refused) * 1000) / heard,
    variance: sum((week) => week.variance),
    offlineHours: sum((week) => week.offlineHours),
  };
}

function Row({ outlet }: Readonly<{ outlet: RegionQualityOutlet }>): ReactNode {
  const { name, outletId, weeks, few } = outlet;
  const { sales, permille, variance, offlineHours } = sumsOf(outlet);
  const bars = weeks.map((week) => ({
    key: week.monday,
    value: week.sales,
    part: week.offlineSales,
    title: INSIGHT_TEXT.weekOf(week.monday, count(week.sales)),
  }));
  return (
    <>
      <TwoLines>
        <strong title={name}>{name}</strong>
        <small>{few ? INSIGHT_TEXT.qualityFew : outletId}</small>
      </TwoLines>
      <WeekBars bars={bars} label={INSIGHT_TEXT.strip(name, sales)} />
      <span className={styles['figure']}>{INSIGHT_TEXT.seconds(newestWeek(outlet)?.secondsPerSale ?? null)}</span>
      <span className={styles['figure']}>{INSIGHT_TEXT.permille(permille)}</span>
      <span className={styles['figure']}>{money(variance)}</span>
      <span className={styles['figure']}>{count(offlineHours)}</span>
    </>
  );
}

/** Mutu layanan: eight weeks of every outlet by name; the chosen one in four pictures. */
export function QualityPart({ tabs }: Readonly<{ tabs: ReactNode }>): ReactNode {
  const { go } = useNavigation();
  const [at, setAt] = useState<string | undefined>();
  const load = useRegionLoad({ of: 'quality' });
  const { value: kept } = useProcedure('insight.quality', { offset: 0, limit: MOST }, { keepPrevious: true });
  const head = kept?.head ?? null;
  const rows = kept?.rows ?? [];
  const chosen = rows.find(({ outletId }) => outletId === at) ?? rows[0];
  const open = (): void => {
    if (chosen !== undefined) go({ screen: 'region', outletId: chosen.outletId });
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
          <KeyButton action="primary" primary label={REGION_TEXT.open} disabled={chosen === undefined} onPress={open} />
        </>
      }
    >
      <div className={styles['insight']}>
        <LoadRefusal refusal={load.refusal} hasCopy={head !== null} />
        {head === null ? null : (
          <p className={styles['dim']}>
            {INSIGHT_TEXT.qualityOf(head.from, head.to)}. {INSIGHT_TEXT.helps}
          </p>
        )}
        <Split
          wide
          side={
            chosen === undefined ? null : (
              <Pane title={chosen.name} fill>
                <QualityCharts outlet={chosen} />
              </Pane>
            )
          }
        >
          <VirtualList<RegionQualityOutlet>
            label={INSIGHT_TEXT.tabs.quality}
            rows={rows}
            keyOf={({ outletId }) => outletId}
            rowRem={ROW_REM}
            columns="minmax(0, 1fr) 6rem 3.5rem 6.5rem 6rem 4.5rem"
            head={INSIGHT_TEXT.qualityHead}
            figuresFrom={2}
            selected={chosen?.outletId}
            onSelect={({ outletId }) => setAt(outletId)}
            onOpen={open}
            autoFocus
            empty={<Empty loaded={head !== null} busy={load.busy} />}
            render={(outlet) => <Row outlet={outlet} />}
          />
        </Split>
      </div>
    </RegionScreen>
  );
}

function Empty({ loaded, busy }: Readonly<{ loaded: boolean; busy: boolean }>): ReactNode {
  if (loaded) return <EmptyState text={INSIGHT_TEXT.qualityEmpty} />;
  return busy ? null : <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />;
}
