import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconDeviceUsb } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { StickFile } from '../../../contract/views-sticks.ts';
import { useProcedure } from '../../app/queries.tsx';
import { bytes } from '../../text/format.ts';
import { OUTBOX_TEXT } from '../../text/outbox-text.ts';
import { STICKS_TEXT } from '../../text/sticks-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { TwoLines } from '../../ui/TwoLines.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { AwaitedOutlets } from './AwaitedOutlets.tsx';
import { StickOutcomes, StickProgress } from './StickOutcomes.tsx';
import styles from './Sticks.module.css';
import { isToTake, type Order, useStick } from './use-stick.ts';

const LOOK_EVERY_MS = 2000;
const ROW_REM = 3.25;
const COLUMNS = 'minmax(0, 1.4fr) 6.5rem 9rem minmax(0, 1.2fr)';

function Row({ of }: Readonly<{ of: StickFile }>): ReactNode {
  const { facts, named, name, bytes: size, modifiedAt } = of;
  const known = facts ?? named;
  return (
    <>
      <TwoLines>
        <strong>{facts?.outletName ?? named?.outletId ?? STICKS_TEXT.unknownOutlet}</strong>
        <small>
          {known === null ? name : `${known.outletId} · ${STICKS_TEXT.loket(known.deviceNo)}`}
          {facts === null && named !== null ? ` · ${STICKS_TEXT.byName}` : ''}
        </small>
      </TwoLines>
      <span>{known === null ? '' : STICKS_TEXT.entries(known.fromSeq, known.toSeq)}</span>
      <TwoLines>
        <span>{STICKS_TEXT.when(facts?.madeAt ?? modifiedAt)}</span>
        <small>{STICKS_TEXT.size(size)}</small>
      </TwoLines>
      <span className={styles['state']} data-refused={of.problem !== null} data-new={isToTake(of)}>
        {STICKS_TEXT.state(of)}
      </span>
    </>
  );
}

/** The media that are plugged in, and a folder that is typed. */
function PlaceChoice(
  props: Readonly<{
    chosen: string | undefined;
    onChoose: (folder: string) => void;
    onTyped: (folder: string) => void;
  }>,
): ReactNode {
  const places = useProcedure('bundle.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
  const [typed, setTyped] = useState('');
  return (
    <>
      <NativeSelect
        aria-label={STICKS_TEXT.place}
        leftSection={<IconDeviceUsb size="1.125rem" aria-hidden />}
        value={props.chosen ?? ''}
        disabled={places.length === 0}
        data={[
          { value: '', label: places.length === 0 ? STICKS_TEXT.noPlace : STICKS_TEXT.place },
          ...places.map(({ folder, name, freeBytes }) => ({
            value: folder,
            label: freeBytes === null ? name : `${name}, ${OUTBOX_TEXT.free(bytes(freeBytes))}`,
          })),
        ]}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      />
      <TextInput
        w="16rem"
        aria-label={STICKS_TEXT.otherFolder}
        placeholder={STICKS_TEXT.otherFolder}
        value={typed}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed.trim() !== '') props.onTyped(typed.trim());
        }}
      />
    </>
  );
}

type StickNow = ReturnType<typeof useStick>;

function Files(
  props: Readonly<{
    stick: StickNow;
    folder: string | undefined;
    at: string | undefined;
    onSelect: (file: string) => void;
  }>,
): ReactNode {
  const { stick, folder, at, onSelect } = props;
  const empty =
    folder === undefined ? (
      <EmptyState icon={<IconDeviceUsb size="2rem" aria-hidden />} text={STICKS_TEXT.noStick} />
    ) : stick.looking ? (
      <EmptyState icon={<IconDeviceUsb size="2rem" aria-hidden />} text={STICKS_TEXT.looking} />
    ) : stick.refusal === undefined ? (
      <EmptyState text={STICKS_TEXT.nothing} next={STICKS_TEXT.nothingNext} />
    ) : null;
  return (
    <Pane title={STICKS_TEXT.list} fill current>
      {stick.refusal === undefined ? null : <RefusalCard refusal={stick.refusal} />}
      {stick.view?.online === false ? <p className={styles['warn']}>{STICKS_TEXT.offline}</p> : null}
      <VirtualList<StickFile>
        label={STICKS_TEXT.list}
        rows={stick.view?.files ?? []}
        keyOf={({ file }) => file}
        rowRem={ROW_REM}
        columns={COLUMNS}
        head={STICKS_TEXT.heads}
        selected={at}
        onSelect={({ file }) => onSelect(file)}
        autoFocus
        empty={empty}
        render={(of) => <Row of={of} />}
      />
    </Pane>
  );
}

/** What goes into the answers, and where they are written. */
function AnswerOptions({ order, onChange }: Readonly<{ order: Order; onChange: (order: Order) => void }>): ReactNode {
  const [folder, setFolder] = useState('');
  return (
    <>
      <Checkbox
        label={STICKS_TEXT.withRegistry}
        checked={order.withRegistry}
        color="opop"
        onChange={(event) => onChange({ ...order, withRegistry: event.currentTarget.checked })}
      />
      <TextInput
        label={STICKS_TEXT.answerFolder}
        value={folder}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setFolder(event.currentTarget.value);
          onChange({ ...order, answerFolder: event.currentTarget.value.trim() || null });
        }}
      />
    </>
  );
}

/** Flashdisk gerai: what is on a stick, into custody and answered; and which outlets are awaited. */
export function Sticks({ onBack }: Readonly<{ onBack: () => void }>): ReactNode {
  const [folder, setFolder] = useState<string | undefined>();
  const [at, setAt] = useState<string | undefined>();
  const [order, setOrder] = useState<Order>({ withRegistry: false, answerFolder: null });
  const places = useProcedure('bundle.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
  // The first stick that is there is the one, unless a person says otherwise.
  const chosen = folder ?? places.find(({ files }) => files.length > 0)?.folder ?? places[0]?.folder;
  const stick = useStick(chosen);
  const files = stick.view?.files ?? [];
  const toTake = files.filter(isToTake);
  const one = files.find(({ file }) => file === at);
  const isBusy = stick.taking !== undefined;
  const choose = (next: string): void => setFolder(next === '' ? undefined : next);
  useKeys({ back: { run: onBack, label: STICKS_TEXT.back } });
  return (
    <Screen
      title={STICKS_TEXT.title}
      aside={
        <>
          <PlaceChoice chosen={chosen} onChoose={choose} onTyped={choose} />
          <KeyButton action="reload" label={STICKS_TEXT.look} busy={stick.looking} onPress={stick.look} />
        </>
      }
      primary={
        <>
          <KeyButton
            action="exact"
            label={STICKS_TEXT.takeOne}
            disabled={(one?.facts ?? null) === null || isBusy}
            onPress={() => stick.take(one === undefined ? [] : [one], order)}
          />
          <KeyButton
            action="primary"
            primary
            label={STICKS_TEXT.takeAll(toTake.length)}
            disabled={toTake.length === 0}
            busy={isBusy}
            onPress={() => stick.take(toTake, order)}
          />
        </>
      }
    >
      <div className={styles['work']}>
        <div className={styles['left']}>
          {stick.taking === undefined ? null : <StickProgress {...stick.taking} />}
          <Files stick={stick} folder={chosen} at={at} onSelect={setAt} />
          <StickOutcomes outcomes={stick.outcomes} />
        </div>
        <div className={styles['right']}>
          <AwaitedOutlets />
          <AnswerOptions order={order} onChange={setOrder} />
        </div>
      </div>
    </Screen>
  );
}
