import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EmergencyBookView } from '../../../../contract/views-emergency.ts';
import { assertNever } from '../../../../domain/result.ts';
import type { Client } from '../../../app/client.ts';
import { useClient } from '../../../app/queries.tsx';
import { EMERGENCY_TEXT } from '../../../text/emergency-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { LAYER } from '../../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { SheetFoot } from '../../../ui/SheetFoot.tsx';
import styles from './Emergency.module.css';
import { parseSheetNumber } from './sheet-entry.ts';

/** What is said of numbers that bear no sale. */
export type NumberSheetKind = 'receive' | 'spoil' | 'missing';

const TITLES: Readonly<Record<NumberSheetKind, string>> = {
  receive: EMERGENCY_TEXT.receiveTitle,
  spoil: EMERGENCY_TEXT.spoilTitle,
  missing: EMERGENCY_TEXT.lostTitle,
};
const SHORTEST_REASON = 3;

type Typed = Readonly<{ from: string; to: string; text: string }>;

/** Where the fields begin: at the number that is asked for most likely. */
function firstOf(kind: NumberSheetKind, books: EmergencyBookView['books']): Typed {
  const [gap] = books.flatMap((book) => book.gaps);
  const next = books.find((book) => book.next !== null)?.next ?? null;
  switch (kind) {
    case 'receive':
      return { from: '', to: '', text: '' };
    case 'spoil':
      return { from: next === null ? '' : String(next), to: '', text: '' };
    case 'missing':
      return { from: gap === undefined ? '' : String(gap.from), to: gap === undefined ? '' : String(gap.to), text: '' };
    default:
      return assertNever(kind);
  }
}

type Answered = Readonly<{ ok: true } | { ok: false; error: ScreenRefusal }>;

/** The command of what was typed; undefined while something is missing. */
function commandOf(client: Client, kind: NumberSheetKind, typed: Typed): (() => Promise<Answered>) | undefined {
  const from = parseSheetNumber(typed.from);
  const to = typed.to.trim() === '' && kind === 'missing' ? from : parseSheetNumber(typed.to);
  const text = typed.text.trim();
  if (from === undefined) return undefined;
  switch (kind) {
    case 'receive':
      if (to === undefined || text === '') return undefined;
      return () => client.command('emergency.receive-book', { from, to, note: text });
    case 'spoil':
      if (text.length < SHORTEST_REASON) return undefined;
      return () => client.command('emergency.spoil', { bookNumber: from, reason: text });
    case 'missing':
      if (to === undefined || text.length < SHORTEST_REASON) return undefined;
      return () => client.command('emergency.declare-missing', { from, to, reason: text });
    default:
      return assertNever(kind);
  }
}

function Fields({
  kind,
  typed,
  onTyped,
}: Readonly<{ kind: NumberSheetKind; typed: Typed; onTyped: (typed: Typed) => void }>): ReactNode {
  const digits = (text: string): string => text.replace(/\D/g, '').slice(0, 8);
  return (
    <>
      <div className={styles['fields']}>
        <TextInput
          data-autofocus
          label={kind === 'spoil' ? EMERGENCY_TEXT.number : EMERGENCY_TEXT.from}
          value={typed.from}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onTyped({ ...typed, from: digits(event.currentTarget.value) })}
        />
        {kind === 'spoil' ? null : (
          <TextInput
            label={EMERGENCY_TEXT.to}
            value={typed.to}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => onTyped({ ...typed, to: digits(event.currentTarget.value) })}
          />
        )}
      </div>
      <TextInput
        label={kind === 'receive' ? EMERGENCY_TEXT.deliveryNote : EMERGENCY_TEXT.reason}
        value={typed.text}
        maxLength={kind === 'receive' ? 60 : 200}
        autoComplete="off"
        onChange={(event) => onTyped({ ...typed, text: event.currentTarget.value })}
      />
    </>
  );
}

/** A book that came, a spoiled sheet, or sheets that nobody can show. */
export function NumberSheet({
  kind,
  books,
  onClose,
}: Readonly<{ kind: NumberSheetKind; books: EmergencyBookView['books']; onClose: () => void }>): ReactNode {
  const client = useClient();
  const [typed, setTyped] = useState(() => firstOf(kind, books));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const command = commandOf(client, kind, typed);
  const submit = async (): Promise<void> => {
    if (command === undefined || busy) return;
    setBusy(true);
    const answer = await command();
    setBusy(false);
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) onClose();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={TITLES[kind]} width="36rem" closeLabel={EMERGENCY_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        {kind === 'receive' ? <p>{EMERGENCY_TEXT.receiveWhy}</p> : null}
        {kind === 'missing' ? <p>{EMERGENCY_TEXT.lostWhy}</p> : null}
        <Fields kind={kind} typed={typed} onTyped={setTyped} />
        <SheetFoot
          cancelLabel={EMERGENCY_TEXT.cancel}
          submitLabel={EMERGENCY_TEXT.submit}
          ready={command !== undefined}
          busy={busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
