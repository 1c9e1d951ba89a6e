import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { EmergencyBookView, EmergencyRow, EmergencySheetView } from '../../../../contract/views-emergency.ts';
import { useNavigation } from '../../../app/navigation.tsx';
import { useProcedure } from '../../../app/queries.tsx';
import { EMERGENCY_TEXT, receivedText, sheetMark } from '../../../text/emergency-text.ts';
import { dateTime, money, sheetNumber } from '../../../text/format.ts';
import { ToneMark } from '../../../ui/AxisMarks.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { Plate } from '../../../ui/Plate.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import styles from './Emergency.module.css';
import { NumberSheet, type NumberSheetKind } from './NumberSheet.tsx';
import { SheetForm } from './SheetForm.tsx';
import { SheetPage } from './SheetPage.tsx';

function BookCard({ book }: Readonly<{ book: EmergencyBookView['books'][number] }>): ReactNode {
  return (
    <li className={styles['book']}>
      <strong>{EMERGENCY_TEXT.book(book.from, book.to)}</strong>
      <span className={styles['note']}>{`${book.note}, ${receivedText(book.receivedOn)}`}</span>
      <span className={styles['note']}>{EMERGENCY_TEXT.left(book.left)}</span>
      <span className={styles['nextNumber']}>
        <span className={styles['note']}>{book.next === null ? EMERGENCY_TEXT.usedUp : EMERGENCY_TEXT.next}</span>
        {book.next === null ? null : <strong>{sheetNumber(book.next)}</strong>}
      </span>
      {book.gaps.map((gap) => (
        <p key={gap.from} className={styles['gap']} role="alert">
          <IconAlertTriangle size="1.25rem" aria-hidden />
          <span>{EMERGENCY_TEXT.gap(gap.from, gap.to)}</span>
        </p>
      ))}
    </li>
  );
}

function RowCells({ row }: Readonly<{ row: EmergencyRow }>): ReactNode {
  const { tone, word } = sheetMark(row.state);
  return (
    <>
      <strong>{sheetNumber(row.number)}</strong>
      <span className={styles['two']}>
        <ToneMark tone={tone} word={word} />
        <span className={styles['small']}>{row.reason ?? EMERGENCY_TEXT.photos(row.photos)}</span>
      </span>
      <span>{row.paperAt === null ? '' : dateTime(row.paperAt)}</span>
      <span>{row.nrkb === null ? '' : <Plate nrkb={row.nrkb} />}</span>
      <span className={styles['money']}>{row.amount === null ? '' : money(row.amount)}</span>
      <span className={styles['two']}>
        <span className={styles['clip']}>{row.toldName}</span>
        <span className={styles['small']}>{dateTime(row.toldAt)}</span>
      </span>
    </>
  );
}

type Shown =
  | Readonly<{ kind: 'list' }>
  | Readonly<{ kind: 'number'; of: NumberSheetKind }>
  | Readonly<{ kind: 'form'; before?: EmergencySheetView }>;

type ListProps = Readonly<{
  reading: ReturnType<typeof useProcedure<'emergency.book'>>;
  note: string;
  onShow: (shown: Shown) => void;
  onOpen: (row: EmergencyRow) => void;
}>;

function BookList({ reading, note, onShow, onOpen }: ListProps): ReactNode {
  const [selected, setSelected] = useState<number | undefined>();
  const books = reading.value?.books ?? [];
  const rows = reading.value?.sheets ?? [];
  const current = rows.find((row) => row.number === selected) ?? rows[0];
  const { columns } = EMERGENCY_TEXT;
  const without = reading.value !== undefined && books.length === 0;
  const receive = (): void => onShow({ kind: 'number', of: 'receive' });
  return (
    <div className={styles['whole']}>
      <p className={styles['note']}>{EMERGENCY_TEXT.note}</p>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {without ? <EmptyState text={EMERGENCY_TEXT.noBook} next={EMERGENCY_TEXT.noBookNext} /> : null}
      {books.length === 0 ? null : (
        <>
          <ul className={styles['books']} tabIndex={books.length > 2 ? 0 : undefined} aria-label={EMERGENCY_TEXT.tab}>
            {books.map((book) => (
              <BookCard key={book.bookId} book={book} />
            ))}
          </ul>
          <VirtualList<EmergencyRow>
            label={EMERGENCY_TEXT.list}
            rows={rows}
            keyOf={(row) => String(row.number)}
            rowRem={3.25}
            columns="6rem minmax(12rem, 1.2fr) 8rem 9rem 10rem minmax(10rem, 1fr)"
            head={[columns.number, columns.state, columns.paper, columns.plate, columns.amount, columns.by]}
            selected={current === undefined ? undefined : String(current.number)}
            onSelect={(row) => setSelected(row.number)}
            onOpen={onOpen}
            autoFocus
            empty={<EmptyState text={EMERGENCY_TEXT.empty} next={EMERGENCY_TEXT.emptyNext} />}
            render={(row) => <RowCells row={row} />}
          />
        </>
      )}
      <div className={styles['actions']}>
        <span className={styles['said']} role="status">
          {note}
        </span>
        {books.length === 0 ? (
          <KeyButton action="primary" primary label={EMERGENCY_TEXT.receive} onPress={receive} disabled={!without} />
        ) : (
          <>
            <KeyButton
              action="quote"
              label={EMERGENCY_TEXT.lost}
              onPress={() => onShow({ kind: 'number', of: 'missing' })}
            />
            <KeyButton
              action="exact"
              label={EMERGENCY_TEXT.spoil}
              onPress={() => onShow({ kind: 'number', of: 'spoil' })}
            />
            <KeyButton action="recent" label={EMERGENCY_TEXT.receive} onPress={receive} />
            <KeyButton action="primary" primary label={EMERGENCY_TEXT.enter} onPress={() => onShow({ kind: 'form' })} />
          </>
        )}
      </div>
    </div>
  );
}

/** Kuitansi darurat: books, what was said of each number, and the way from a sheet in the hand to a sale. */
export function EmergencyBook(): ReactNode {
  const { go } = useNavigation();
  const reading = useProcedure('emergency.book', {});
  const [shown, setShown] = useState<Shown>({ kind: 'list' });
  const [opened, setOpened] = useState<string | undefined>();
  const [note, setNote] = useState('');
  const books = reading.value?.books ?? [];
  const back = (): void => setShown({ kind: 'list' });
  const open = ({ state, transactionId }: EmergencyRow): void => {
    if (transactionId === null) return;
    if (state === 'confirmed') go({ screen: 'history', transactionId });
    else setOpened(transactionId);
  };
  return (
    <>
      {opened === undefined ? (
        <BookList reading={reading} note={note} onShow={setShown} onOpen={open} />
      ) : (
        <SheetPage
          transactionId={opened}
          onEdit={(before) => setShown({ kind: 'form', before })}
          onClose={() => setOpened(undefined)}
          onConfirmed={({ receiptNumber, amount }) => {
            setOpened(undefined);
            setNote(EMERGENCY_TEXT.confirmed(receiptNumber, amount));
          }}
        />
      )}
      {shown.kind === 'number' ? <NumberSheet kind={shown.of} books={books} onClose={back} /> : null}
      {shown.kind === 'form' ? (
        <SheetForm
          books={books}
          before={shown.before}
          onClose={back}
          onSaved={(sheet) => {
            back();
            setNote(EMERGENCY_TEXT.saved(sheet.bookNumber));
            setOpened(sheet.transactionId);
          }}
        />
      ) : null}
    </>
  );
}
