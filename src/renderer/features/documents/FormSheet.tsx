import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { assertNever } from '../../../domain/result.ts';
import type { OutputFor } from '../../app/client.ts';
import { useClient } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { FORMS_TEXT } from '../../text/originals-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './Documents.module.css';

/** What is recorded of pre-printed forms. */
export type FormSheetKind = 'receive' | 'spoil' | 'missing';
type Form = 'tbpkp' | 'pengesahan';
type Typed = Readonly<{ form: Form; series: string; from: string; to: string; note: string; reason: string }>;

const TITLES: Readonly<Record<FormSheetKind, string>> = {
  receive: FORMS_TEXT.receiveTitle,
  spoil: FORMS_TEXT.spoilTitle,
  missing: FORMS_TEXT.lostTitle,
};
const SHORTEST_REASON = 3;

function serialOf(text: string): number | undefined {
  return /^\d{1,8}$/.test(text.trim()) && Number(text) > 0 ? Number(text) : undefined;
}

/** Records it; answers why not, or nothing. Undefined while something is missing. */
function useRecord(kind: FormSheetKind, typed: Typed): (() => Promise<ScreenRefusal | undefined>) | undefined {
  const client = useClient();
  const { form, series, note, reason } = typed;
  const from = serialOf(typed.from);
  const to = typed.to.trim() === '' && kind === 'missing' ? from : serialOf(typed.to);
  if (from === undefined) return undefined;
  const refusalOf = (
    answer: Readonly<{ ok: true } | { ok: false; error: ScreenRefusal }>,
  ): ScreenRefusal | undefined => (answer.ok ? undefined : answer.error);
  switch (kind) {
    case 'receive':
      if (to === undefined || note.trim() === '') return undefined;
      return async () =>
        refusalOf(await client.command('forms.receive', { form, series, from, to, deliveryNote: note.trim() }));
    case 'spoil':
      if (reason.trim().length < SHORTEST_REASON) return undefined;
      return async () => refusalOf(await client.command('forms.spoil', { form, series, serial: from, reason }));
    case 'missing':
      if (to === undefined || reason.trim().length < SHORTEST_REASON) return undefined;
      return async () => refusalOf(await client.command('forms.declare-missing', { form, series, from, to, reason }));
    default:
      return assertNever(kind);
  }
}

type SheetProps = Readonly<{ kind: FormSheetKind; stocks: OutputFor<'forms.stock'>; onClose: () => void }>;

/** Where the fields begin: at what the officer should have in his hand. */
function firstOf({ kind, stocks }: SheetProps): Typed {
  const stock = stocks.find((each) => each.next !== null) ?? stocks[0];
  const gap = stocks.flatMap((each) => each.gaps)[0];
  const begin = kind === 'missing' && gap !== undefined ? gap : undefined;
  return {
    form: stock?.form ?? 'tbpkp',
    series: stock?.series ?? '',
    from: kind === 'receive' ? '' : String(begin?.from ?? stock?.next ?? ''),
    to: begin === undefined ? '' : String(begin.to),
    note: '',
    reason: kind === 'spoil' ? (FORMS_TEXT.spoilReasons[0] ?? '') : '',
  };
}

type FieldsProps = Readonly<{ kind: FormSheetKind; typed: Typed; onTyped: (typed: Typed) => void }>;

function Fields({ kind, typed, onTyped }: FieldsProps): ReactNode {
  const digits = (text: string): string => text.replace(/\D/g, '').slice(0, 8);
  return (
    <>
      <div className={styles['pair']}>
        <NativeSelect
          label={FORMS_TEXT.form}
          value={typed.form}
          data={[
            { value: 'tbpkp', label: FORMS_TEXT.forms.tbpkp },
            { value: 'pengesahan', label: FORMS_TEXT.forms.pengesahan },
          ]}
          onChange={(event) =>
            onTyped({ ...typed, form: event.currentTarget.value === 'pengesahan' ? 'pengesahan' : 'tbpkp' })
          }
        />
        <TextInput
          label={FORMS_TEXT.series}
          value={typed.series}
          maxLength={12}
          autoComplete="off"
          onChange={(event) =>
            onTyped({ ...typed, series: event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9-]/g, '') })
          }
        />
        <TextInput
          data-autofocus
          label={kind === 'spoil' ? FORMS_TEXT.serial : FORMS_TEXT.from}
          value={typed.from}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onTyped({ ...typed, from: digits(event.currentTarget.value) })}
        />
        {kind === 'spoil' ? null : (
          <TextInput
            label={FORMS_TEXT.to}
            value={typed.to}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => onTyped({ ...typed, to: digits(event.currentTarget.value) })}
          />
        )}
      </div>
      {kind === 'receive' ? (
        <TextInput
          label={FORMS_TEXT.deliveryNote}
          value={typed.note}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => onTyped({ ...typed, note: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label={FORMS_TEXT.reason}
          value={typed.reason}
          maxLength={200}
          autoComplete="off"
          list="blangko-reasons"
          onChange={(event) => onTyped({ ...typed, reason: event.currentTarget.value })}
        />
      )}
      <datalist id="blangko-reasons">
        {FORMS_TEXT.spoilReasons.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </>
  );
}

/** A delivery, a spoiled sheet, or sheets that nobody can show. */
export function FormSheet(props: SheetProps): ReactNode {
  const { kind, onClose } = props;
  const [typed, setTyped] = useState(() => firstOf(props));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const record = useRecord(kind, typed);
  const submit = async (): Promise<void> => {
    if (record === undefined || busy) return;
    setBusy(true);
    const refused = await record();
    setBusy(false);
    setRefusal(refused);
    if (refused === undefined) onClose();
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={TITLES[kind]} width="36rem" closeLabel={FORMS_TEXT.cancel} onClose={onClose}>
      <div
        className={styles['dialog']}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.repeat || event.target instanceof HTMLButtonElement)
            return;
          event.preventDefault();
          void submit();
        }}
      >
        {kind === 'missing' ? <p>{FORMS_TEXT.lostWhy}</p> : null}
        <Fields kind={kind} typed={typed} onTyped={setTyped} />
        <SheetFoot
          cancelLabel={FORMS_TEXT.cancel}
          submitLabel={FORMS_TEXT.submit}
          ready={record !== undefined}
          busy={busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
