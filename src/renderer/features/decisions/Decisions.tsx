import { NativeSelect, SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { QUEUE_KINDS } from '../../../contract/entry-bodies-supervision.ts';
import type { QueueItem } from '../../../contract/region.ts';
import type { OthersWord, RegionQueueView } from '../../../contract/views-region.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { Others, WasFirst } from '../../app/region/Others.tsx';
import { RegionScreen } from '../../app/region/RegionScreen.tsx';
import { SignPart, type Typed } from '../../app/region/SignPart.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { useWords, Words } from '../../app/region/Words.tsx';
import { useCounter } from '../../app/status.tsx';
import { aboutOf, amountOf, choicesFor, DECISIONS_TEXT, QUEUE_WORDS } from '../../text/decisions-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { REGION_TEXT } from '../../text/region-text.ts';
import { WORD_TEXT } from '../../text/word-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FactList, type Facts } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { firstWord, itemKey, listed } from './decision-rows.ts';
import styles from './Decisions.module.css';

const ROW_REM = 3.5;
const MOST = 200;

/** Those facts that there are. */
const stated = (facts: readonly (readonly [string, string | null | undefined] | undefined)[]): Facts =>
  facts.flatMap(([name, value] = ['', null]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );

function factsOf(item: QueueItem, now: number): Facts {
  const { askedBy, approvedBy, businessOn, transactionId, evidence } = item;
  return stated([
    [DECISIONS_TEXT.outlet, `${item.outletName} (${item.outletId})`],
    aboutOf(item),
    [DECISIONS_TEXT.amount, amountOf(item)],
    [DECISIONS_TEXT.askedBy, askedBy?.name],
    [DECISIONS_TEXT.since, DECISIONS_TEXT.when(item.since, now)],
    [DECISIONS_TEXT.approvedBy, approvedBy?.name],
    [DECISIONS_TEXT.businessOn, businessOn === null ? null : DECISIONS_TEXT.day(businessOn)],
    [DECISIONS_TEXT.transaction, transactionId],
    [DECISIONS_TEXT.evidence, evidence],
  ]);
}

function DecideSheet({
  item,
  onSaid,
  onClose,
}: Readonly<{ item: QueueItem; onSaid: (group: string) => void; onClose: () => void }>): ReactNode {
  const decide = useAction('region.decide');
  const choices = choicesFor(item);
  const [chosen, setChosen] = useState(0);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const first = firstWord(useWords().others, item);
  useKeys({}, { level: LAYER.question, exclusive: true });
  const choice = choices[chosen];
  const submit = async ({ pin, note }: Typed): Promise<void> => {
    if (choice === undefined) return;
    const { kind, subject, outletId, evidence } = item;
    const answer = await decide.run({
      ...{ kind, subject, outletId, evidence },
      decision: choice.decision,
      note: note === '' ? null : note,
      pin,
    });
    if (answer === undefined) return;
    if (answer.ok) onSaid(answer.value.group);
    else setRefusal(answer.error);
  };
  return (
    <Sheet title={QUEUE_WORDS[item.kind]} width="40rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <FactList
        facts={stated([
          [DECISIONS_TEXT.outlet, item.outletName],
          aboutOf(item),
          [DECISIONS_TEXT.amount, amountOf(item)],
        ])}
      />
      <WasFirst others={first === undefined ? [] : [first]} how={WORD_TEXT.typedStays} />
      <SegmentedControl
        fullWidth
        className={styles['choice']}
        aria-label={DECISIONS_TEXT.choice}
        value={String(chosen)}
        data={choices.map(({ label }, index) => ({ value: String(index), label }))}
        onChange={(next) => setChosen(Number(next))}
      />
      <SignPart
        note={choice?.needsNote === true ? 'needed' : 'may'}
        submitLabel={DECISIONS_TEXT.submit}
        danger={choice?.decision === 'refused'}
        ready={first === undefined}
        busy={decide.busy}
        refusal={refusal}
        onSubmit={(typed) => void submit(typed)}
        onClose={onClose}
      />
    </Sheet>
  );
}

function Evidence({ item }: Readonly<{ item: QueueItem }>): ReactNode {
  const { now } = useCounter();
  const { go } = useNavigation();
  const { businessOn, outletId, mayNot } = item;
  return (
    <Pane
      title={QUEUE_WORDS[item.kind]}
      fill
      aside={
        businessOn === null ? null : (
          <KeyButton
            action="why"
            small
            label={DECISIONS_TEXT.openDay}
            onPress={() => go({ screen: 'recap', outletId, businessOn })}
          />
        )
      }
    >
      <FactList facts={factsOf(item, now)} />
      {mayNot === null ? null : <p className={styles['mayNot']}>{DECISIONS_TEXT.mayNot(mayNot)}</p>}
    </Pane>
  );
}

type Kind = QueueItem['kind'];

/** Which kind is listed, with how many there are of each. */
function KindChoice({
  counts,
  kind,
  onChange,
}: Readonly<{
  counts: RegionQueueView['counts'];
  kind: Kind | null;
  onChange: (kind: Kind | null) => void;
}>): ReactNode {
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  return (
    <NativeSelect
      aria-label={DECISIONS_TEXT.choice}
      value={kind ?? ''}
      data={[
        { value: '', label: DECISIONS_TEXT.all(all) },
        ...counts.map((one) => ({ value: one.kind, label: DECISIONS_TEXT.kind(QUEUE_WORDS[one.kind], one.count) })),
      ]}
      onChange={(event) => onChange(QUEUE_KINDS.find((one) => one === event.currentTarget.value) ?? null)}
    />
  );
}

function emptyOf(kept: RegionQueueView | undefined): ReactNode {
  if (kept === undefined) return null;
  return kept.loadedAt === null ? (
    <EmptyState text={REGION_TEXT.never} next={REGION_TEXT.neverNext} />
  ) : (
    <EmptyState text={DECISIONS_TEXT.empty} next={DECISIONS_TEXT.emptyNext} />
  );
}

/** For whom he stands in, by which letter; asked for once where the region was never loaded. */
function Delegations(): ReactNode {
  const { value: outlets } = useProcedure('region.outlets', { search: '', offset: 0, limit: 1 });
  useRegionLoad(outlets?.loadedAt === null ? { of: 'outlets' } : undefined);
  return (outlets?.head?.delegations ?? []).map(({ delegationId, fromName, letterNumber, toOn }) => (
    <p key={delegationId} className={styles['plh']}>
      {DECISIONS_TEXT.plh}: {REGION_TEXT.plh(fromName, letterNumber, toOn)}
    </p>
  ));
}

function Row({ item, first }: Readonly<{ item: QueueItem; first: OthersWord | undefined }>): ReactNode {
  const { now } = useCounter();
  return (
    <>
      <TwoLines>
        <strong>{QUEUE_WORDS[item.kind]}</strong>
        <small data-tone={first === undefined ? undefined : 'waiting'}>
          {first === undefined ? DECISIONS_TEXT.row(item.outletName, item.since, now) : WORD_TEXT.decidedBy(first)}
        </small>
      </TwoLines>
      <span className={styles['figure']}>{amountOf(item)}</span>
    </>
  );
}

/** Persetujuan: what waits for a word, each with its evidence; never one's own. */
export function Decisions(): ReactNode {
  const [kind, setKind] = useState<Kind | null>(null);
  const [at, setAt] = useState<string | undefined>();
  // What the sheet is about stays what it was opened for, whatever happens to the list behind it.
  const [deciding, setDeciding] = useState<QueueItem | undefined>();
  const [group, setGroup] = useState<string | undefined>();
  const { words, others, settled } = useWords();
  const load = useRegionLoad({ of: 'queue', kind }, settled);
  const { value: kept } = useProcedure('region.queue', { kind, offset: 0, limit: MOST }, { keepPrevious: true });
  const waits = (subject: string): boolean =>
    words.some((word) => word.subject === subject && (word.state === 'unsent' || word.state === 'sent'));
  const rows = listed(kept?.rows ?? [], others, kind);
  const item = rows.find((one) => itemKey(one) === at) ?? rows[0];
  const first = item === undefined ? undefined : firstWord(others, item);
  const canDecide = item !== undefined && item.mayNot === null && first === undefined && !waits(item.subject);
  const press = (): void => setDeciding(canDecide ? item : undefined);
  return (
    <RegionScreen
      title={DECISIONS_TEXT.title}
      choice={<KindChoice counts={kept?.counts ?? []} kind={kind} onChange={setKind} />}
      kept={kept}
      load={load}
      primary={
        <KeyButton action="primary" primary label={DECISIONS_TEXT.decide} disabled={!canDecide} onPress={press} />
      }
    >
      <div className={styles['list']}>
        <Pane title={DECISIONS_TEXT.list} fill current>
          <VirtualList<QueueItem>
            label={DECISIONS_TEXT.list}
            rows={rows}
            keyOf={itemKey}
            rowRem={ROW_REM}
            columns="minmax(0, 1fr) auto"
            selected={item === undefined ? undefined : itemKey(item)}
            onSelect={(next) => setAt(itemKey(next))}
            onOpen={press}
            autoFocus
            empty={emptyOf(kept)}
            render={(one) => <Row item={one} first={firstWord(others, one)} />}
          />
        </Pane>
      </div>
      <div className={styles['right']}>
        <Others others={others.filter(({ waited }) => waited !== null)} />
        <Delegations />
        <Words words={words.filter((word) => word.group === group)} />
        <LoadRefusal refusal={load.refusal} hasCopy />
        {item === undefined ? <EmptyState text={DECISIONS_TEXT.choose} /> : <Evidence item={item} />}
      </div>
      {deciding === undefined ? null : (
        <DecideSheet
          item={deciding}
          onSaid={(said) => {
            setGroup(said);
            setDeciding(undefined);
          }}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </RegionScreen>
  );
}
