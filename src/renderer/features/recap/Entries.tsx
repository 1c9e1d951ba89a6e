import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { RegionDayAnswer } from '../../../contract/region-day.ts';
import type { RegionEntriesView } from '../../../contract/views-region.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { RegionAge } from '../../app/region/RegionAge.tsx';
import { SignPart, type Typed } from '../../app/region/SignPart.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { entryTypeText } from '../../text/entry-type-text.ts';
import { dateTime, signedMoney } from '../../text/format.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { RECAP_TEXT } from '../../text/recap-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './Recap.module.css';

type Entry = RegionEntriesView['rows'][number];
type Act = 'hold' | 'return' | 'settle';

const ROW_REM = 2.5;
const PAGE = 200;
const COLUMNS = '7rem minmax(0, 1.4fr) minmax(0, 1fr) 8rem minmax(0, 1.2fr)';

/** What an entry did in the drawer or at the provider: the line that people know it by. */
function moneyOf({ lines }: Entry): string {
  const [first] = lines.filter(({ account }) => account === 'cash-drawer' || account === 'provider-clearing');
  return first === undefined ? '' : signedMoney(first.amount);
}

function ApartSheet({
  day,
  entry,
  isApart,
  onSaid,
  onClose,
}: Readonly<{
  day: RegionDayAnswer;
  entry: Entry;
  isApart: boolean;
  onSaid: (group: string) => void;
  onClose: () => void;
}>): ReactNode {
  const setApart = useAction('region.set-apart');
  const [act, setAct] = useState<Act>(isApart ? 'settle' : 'return');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  useKeys({}, { level: LAYER.question, exclusive: true });
  const choices: readonly Act[] = isApart ? ['settle'] : ['return', 'hold'];
  const submit = async ({ pin, note }: Typed): Promise<void> => {
    const { outletId, businessOn } = day;
    const answer = await setApart.run({ outletId, businessOn, item: entry.entryHash, act, reason: note, pin });
    if (answer === undefined) return;
    if (answer.ok) onSaid(answer.value.group);
    else setRefusal(answer.error);
  };
  return (
    <Sheet title={RECAP_TEXT.actTitle} width="38rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <p>
        {entryTypeText(entry.type)} · {dateTime(entry.at)} · {moneyOf(entry)}
      </p>
      <SegmentedControl
        fullWidth
        aria-label={RECAP_TEXT.act}
        value={act}
        data={choices.map((value) => ({ value, label: RECAP_TEXT.acts[value] }))}
        onChange={setAct}
      />
      <p className={styles['dim']}>{RECAP_TEXT.actHow}</p>
      <SignPart
        note="needed"
        noteLabel={RECAP_TEXT.reason}
        submitLabel={RECAP_TEXT.submit}
        busy={setApart.busy}
        refusal={refusal}
        onSubmit={(typed) => void submit(typed)}
        onClose={onClose}
      />
    </Sheet>
  );
}

function EntryRow({ entry, standing }: Readonly<{ entry: Entry; standing: string | undefined }>): ReactNode {
  return (
    <>
      <span>{dateTime(entry.at)}</span>
      <span className={styles['cut']}>{entryTypeText(entry.type)}</span>
      <span className={styles['cut']}>{entry.by?.name ?? ''}</span>
      <span className={styles['figure']}>{moneyOf(entry)}</span>
      <span className={styles['cut']}>{standing ?? RECAP_TEXT.entryWho(entry.deviceNo, entry.seq)}</span>
    </>
  );
}

function Row(
  props: Readonly<{ day: RegionDayAnswer; index: number; first: RegionEntriesView | undefined }>,
): ReactNode {
  const { day, index, first } = props;
  const offset = Math.floor(index / PAGE) * PAGE;
  const { outletId, businessOn } = day;
  const asked = { outletId, businessOn, type: null, offset, limit: PAGE };
  const page = useProcedure('region.entries', asked, { enabled: offset > 0 });
  const entry = (offset === 0 ? first : page.value)?.rows[index - offset];
  if (entry === undefined) return <span>…</span>;
  const apart = day.apart.find(({ item }) => item === entry.entryHash);
  return <EntryRow entry={entry} standing={apart === undefined ? undefined : RECAP_TEXT.standing[apart.standing]} />;
}

/** Every entry of a day in the order in which it came; Enter sets one apart or puts it back. */
export function Entries({
  day,
  onSaid,
  onBack,
}: Readonly<{ day: RegionDayAnswer; onSaid: (group: string) => void; onBack: () => void }>): ReactNode {
  const { outletId, businessOn } = day;
  const load = useRegionLoad({ of: 'entries', outletId, businessOn, type: null });
  const [at, setAt] = useState(0);
  const [isDeciding, setDeciding] = useState(false);
  const offset = Math.floor(at / PAGE) * PAGE;
  const asked = { outletId, businessOn, type: null, limit: PAGE };
  const { value: kept } = useProcedure('region.entries', { ...asked, offset: 0 });
  const { value: around } = useProcedure('region.entries', { ...asked, offset });
  const indexes = useMemo(() => Array.from({ length: kept?.count ?? 0 }, (_, index) => index), [kept?.count]);
  const chosen = around?.rows[at - offset];
  useKeys({ back: { run: onBack } });
  const choose = (next: number): void => {
    setAt(next);
    const isNearEnd = kept !== undefined && !kept.complete && next > kept.count - PAGE / 4;
    if (isNearEnd && !load.busy) load.more();
  };
  return (
    <Screen
      title={RECAP_TEXT.entriesTitle(day.outletName, businessOn)}
      aside={<RegionAge kept={kept} load={load} />}
      primary={
        <KeyButton
          action="primary"
          primary
          label={RECAP_TEXT.act}
          disabled={chosen === undefined || day.isOwnWork}
          onPress={() => setDeciding(true)}
        />
      }
    >
      <div className={styles['table']}>
        <VirtualList<number>
          label={RECAP_TEXT.entries}
          rows={indexes}
          keyOf={String}
          rowRem={ROW_REM}
          columns={COLUMNS}
          selected={String(at)}
          onSelect={choose}
          onOpen={() => setDeciding(chosen !== undefined && !day.isOwnWork)}
          autoFocus
          empty={kept === undefined ? null : <EmptyState text={RECAP_TEXT.entriesEmpty} />}
          render={(index) => <Row day={day} index={index} first={kept} />}
        />
      </div>
      {isDeciding && chosen !== undefined ? (
        <ApartSheet
          day={day}
          entry={chosen}
          isApart={day.apart.some(({ item }) => item === chosen.entryHash)}
          onSaid={onSaid}
          onClose={() => setDeciding(false)}
        />
      ) : null}
    </Screen>
  );
}
