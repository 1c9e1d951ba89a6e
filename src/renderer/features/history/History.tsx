import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { TransactionRow } from '../../../contract/views-transaction.ts';
import type { Place } from '../../app/navigation.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { dateTime } from '../../text/format.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RECEIPT_ROW_REM, ReceiptRow } from '../../ui/ReceiptRow.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import styles from './History.module.css';
import { TransactionPage } from './TransactionPage.tsx';

const TYPING_PAUSE_MS = 150;
const MOST_ROWS = 20_000;

/** Riwayat: find by plate, number, amount or a piece of a name; then the life of the one that was chosen. */
export function History({ place }: Readonly<{ place: Extract<Place, { screen: 'history' }> }>): ReactNode {
  const [text, setText] = useState(place.search ?? '');
  const [chosen, setChosen] = useState<string | undefined>(place.transactionId);
  const [searched] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const reading = useProcedure(
    'transactions.search',
    { text: searched.trim(), limit: MOST_ROWS },
    { keepPrevious: true },
  );
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = reading.value ?? [];
  const [first, second] = rows;
  // Rows of the search before are never taken for an answer to what is typed now.
  const settled = searched.trim() === text.trim() && !reading.stale;
  const shown = chosen ?? (settled && second === undefined ? first?.transactionId : undefined);
  const [wantsFirst, setWantsFirst] = useState(false);
  useEffect(() => {
    if (!settled || !wantsFirst) return;
    setWantsFirst(false);
    setChosen(first?.transactionId);
  }, [settled, wantsFirst, first]);
  useEffect(() => {
    setText(place.search ?? '');
    setChosen(place.transactionId);
  }, [place]);
  const focusSearch = (): void => field.current?.select();
  useKeys({
    search: { run: focusSearch, label: HISTORY_TEXT.search },
    back: {
      run: () => {
        setChosen(undefined);
        focusSearch();
      },
    },
  });
  return (
    <Screen
      title={HISTORY_TEXT.title}
      aside={
        <TextInput
          ref={field}
          className={styles['search'] ?? ''}
          size="md"
          aria-label={HISTORY_TEXT.search}
          placeholder={HISTORY_TEXT.search}
          rightSection={<KeyCap action="search" />}
          value={text}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            if (chosen === undefined) setWantsFirst(true);
            list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
          }}
        />
      }
    >
      <div className={styles['list']} ref={list}>
        <Pane
          title={HISTORY_TEXT.list}
          fill
          aside={<span className={styles['dim']}>{HISTORY_TEXT.found(rows.length)}</span>}
        >
          {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
          <VirtualList<TransactionRow>
            label={HISTORY_TEXT.list}
            rows={rows}
            keyOf={(row) => row.transactionId}
            rowRem={RECEIPT_ROW_REM}
            columns="minmax(0, 1fr)"
            selected={shown}
            onSelect={(row) => setChosen(row.transactionId)}
            empty={
              reading.value === undefined ? null : searched === '' ? (
                <EmptyState text={HISTORY_TEXT.empty} />
              ) : (
                <EmptyState text={HISTORY_TEXT.notFound} next={HISTORY_TEXT.notFoundNext} />
              )
            }
            render={(row) => (
              <ReceiptRow
                nrkb={row.nrkb}
                plateColour={row.plateColour}
                receiptNumber={row.receiptNumber}
                amount={row.payable}
                axes={row.axes}
                note={dateTime(row.paidAt)}
              />
            )}
          />
        </Pane>
      </div>
      {shown === undefined ? (
        <Pane title={HISTORY_TEXT.life} fill>
          <EmptyState text={HISTORY_TEXT.choose} />
        </Pane>
      ) : (
        <TransactionPage key={shown} transactionId={shown} />
      )}
    </Screen>
  );
}
