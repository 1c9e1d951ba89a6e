import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { RegionOutletRow, RegionOutletsView } from '../../../contract/views-region.ts';
import { type Place, useNavigation } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useWords } from '../../app/region/Words.tsx';
import { useCounter } from '../../app/status.tsx';
import { REGION_TEXT } from '../../text/region-text.ts';
import { STICKS_TEXT } from '../../text/sticks-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { OutletPage } from './OutletPage.tsx';
import { OutletRow } from './OutletRow.tsx';
import styles from './Region.module.css';
import { Sticks } from './Sticks.tsx';
import { Totals } from './Totals.tsx';

const ROW_REM = 3.25;
/** Rows that are asked for at once: what fits on the screen several times. */
const PAGE = 100;
const COLUMNS = 'minmax(0, 1.5fr) minmax(0, 1.35fr) 9.5rem 5.5rem 5.5rem 8.5rem 6.5rem';

/** A row: the first page came with the list, the others are read when they come into sight. */
function useRow(search: string, index: number, first: RegionOutletsView | undefined): RegionOutletRow | undefined {
  const offset = Math.floor(index / PAGE) * PAGE;
  const page = useProcedure('region.outlets', { search, offset, limit: PAGE }, { enabled: offset > 0 });
  return (offset === 0 ? first : page.value)?.rows[index - offset];
}

function Row(props: Readonly<{ search: string; index: number; first: RegionOutletsView | undefined }>): ReactNode {
  const { now } = useCounter();
  const outlet = useRow(props.search, props.index, props.first);
  return outlet === undefined ? <span>…</span> : <OutletRow outlet={outlet} now={now} />;
}

/** One outlet by its number, as it is kept. */
function Opened({ outletId, onBack }: Readonly<{ outletId: string; onBack: () => void }>): ReactNode {
  const { value, busy } = useProcedure('region.outlets', { search: outletId, offset: 0, limit: PAGE });
  useKeys({ back: { run: onBack } });
  const outlet = value?.rows.find((one) => one.outletId === outletId);
  if (outlet !== undefined) return <OutletPage outlet={outlet} onBack={onBack} />;
  return value === undefined ? (
    <Waiting busy={busy} label={REGION_TEXT.loading} />
  ) : (
    <EmptyState text={REGION_TEXT.detail.gone} />
  );
}

type Place_ = Extract<Place, { screen: 'region' }>;

/** Wilayah: every outlet of a supervisor, worst first, with two weeks of each. */
export function Region({ place }: Readonly<{ place: Place_ }>): ReactNode {
  const { go } = useNavigation();
  const { outletId, sticks } = place;
  if (sticks === true) return <Sticks onBack={() => go({ screen: 'region' })} />;
  if (outletId !== undefined) return <Opened outletId={outletId} onBack={() => go({ screen: 'region' })} />;
  return (
    <Outlets
      onOpen={(id) => go({ screen: 'region', outletId: id })}
      onSticks={() => go({ screen: 'region', sticks: true })}
    />
  );
}

function Empty({ search, kept }: Readonly<{ search: string; kept: RegionOutletsView | undefined }>): ReactNode {
  if (kept === undefined) return null;
  if (search !== '') return <EmptyState text={REGION_TEXT.notFound(search)} next={REGION_TEXT.notFoundNext} />;
  return kept.loadedAt === null ? <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} /> : null;
}

function Outlets({
  onOpen,
  onSticks,
}: Readonly<{ onOpen: (outletId: string) => void; onSticks: () => void }>): ReactNode {
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { settled } = useWords();
  const load = useRegionLoad({ of: 'outlets' }, settled);
  const { value: kept } = useProcedure('region.outlets', { search, offset: 0, limit: PAGE }, { keepPrevious: true });
  const indexes = useMemo(() => Array.from({ length: kept?.count ?? 0 }, (_, index) => index), [kept?.count]);
  const chosen = useRow(search, at, kept);
  const isPartial = kept !== undefined && kept.loadedAt !== null && !kept.complete;
  // The next page comes when its end is near, and for a search, which looks through all of them.
  const wantsMore =
    isPartial && !load.busy && load.refusal === undefined && (at > kept.count - PAGE / 2 || search !== '');
  const { more } = load;
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (wantsMore) latest.current();
  }, [wantsMore]);
  useKeys({ search: { run: () => field.current?.focus(), label: REGION_TEXT.search } });
  const open = (): void => {
    if (chosen !== undefined) onOpen(chosen.outletId);
  };
  /** Letters typed on the list are a search. */
  const onListKey = (event: KeyboardEvent): void => {
    const isTyping = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isTyping) field.current?.focus();
  };
  const onFieldKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && chosen !== undefined) open();
    if (event.key === 'Escape') setSearch('');
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
    }
  };
  const head = kept?.head ?? null;
  const hasCopy = kept !== undefined && kept.loadedAt !== null;
  return (
    <RegionScreen
      title={REGION_TEXT.title}
      choice={
        <TextInput
          ref={field}
          w="18rem"
          aria-label={REGION_TEXT.search}
          placeholder={REGION_TEXT.searchHint}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onFieldKey}
        />
      }
      kept={kept}
      load={load}
      primary={
        <>
          {isPartial ? (
            <span className={styles['partial']}>
              {REGION_TEXT.more(kept.count, head?.totals.outlets ?? kept.count)}
            </span>
          ) : null}
          <KeyButton action="quote" label={STICKS_TEXT.open} onPress={onSticks} />
          <KeyButton action="primary" primary label={REGION_TEXT.open} disabled={chosen === undefined} onPress={open} />
        </>
      }
    >
      <div className={styles['work']}>
        <LoadRefusal refusal={load.refusal} hasCopy={hasCopy} />
        {head === null ? null : <Totals head={head} />}
        <div ref={list} className={styles['table']} onKeyDown={onListKey}>
          <VirtualList<number>
            label={REGION_TEXT.list}
            rows={indexes}
            keyOf={String}
            rowRem={ROW_REM}
            columns={COLUMNS}
            head={REGION_TEXT.heads}
            selected={String(at)}
            onSelect={setAt}
            onOpen={open}
            autoFocus
            empty={<Empty search={search} kept={kept} />}
            render={(index) => <Row search={search} index={index} first={kept} />}
          />
        </div>
      </div>
    </RegionScreen>
  );
}
