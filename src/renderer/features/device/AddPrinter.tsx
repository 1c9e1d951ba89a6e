import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { PRINTER_KIND_TEXT } from '../../text/device-text.ts';
import { ADD_PRINTER_TEXT } from '../../text/self-test-text.ts';
import styles from './SelfTest.module.css';

const KINDS: readonly PrinterView['kind'][] = [
  'queue-raw',
  'escpos-file',
  'escpos-network',
  'escpos-serial',
  'queue-sheet',
  'pdf',
];
const ROLLS = [80, 58] as const;
const SHEETS = [148, 210] as const;

const isSheet = (kind: PrinterView['kind']): boolean => kind === 'queue-sheet' || kind === 'pdf';

/** The first number that no printer of the list has. */
function newId(printers: readonly PrinterView[]): string {
  const taken = new Set(printers.map(({ printerId }) => printerId));
  let n = 1;
  while (taken.has(`printer-${String(n)}`)) n += 1;
  return `printer-${String(n)}`;
}

/** A printer that an installer adds: how it is reached, and what paper it has. */
export function AddPrinter({
  printers,
  onAdd,
}: Readonly<{ printers: readonly PrinterView[]; onAdd: (printer: PrinterView) => Promise<boolean> }>): ReactNode {
  const [kind, setKind] = useState<PrinterView['kind']>('queue-raw');
  const [name, setName] = useState('');
  const [target, setTarget] = useState('');
  const [width, setWidth] = useState<PrinterView['widthMm']>(80);
  const [isDotMatrix, setDotMatrix] = useState(false);
  const widths: readonly PrinterView['widthMm'][] = isSheet(kind) ? SHEETS : ROLLS;
  const widthMm = widths.includes(width) ? width : (widths[0] ?? 80);
  const ready = name.trim() !== '' && target.trim() !== '';
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    const added = await onAdd({
      printerId: newId(printers),
      kind,
      name: name.trim(),
      target: target.trim(),
      widthMm,
      role: 'none',
      ...(isDotMatrix && !isSheet(kind) ? { language: 'escp' as const } : {}),
    });
    if (!added) return;
    setName('');
    setTarget('');
  };
  return (
    <form className={styles['add']} onSubmit={(event) => void submit(event)} aria-label={ADD_PRINTER_TEXT.title}>
      <strong>{ADD_PRINTER_TEXT.title}</strong>
      <NativeSelect
        label={ADD_PRINTER_TEXT.kind}
        value={kind}
        data={KINDS.map((each) => ({ value: each, label: PRINTER_KIND_TEXT[each] }))}
        onChange={(event) => setKind(KINDS.find((each) => each === event.currentTarget.value) ?? 'queue-raw')}
      />
      <TextInput
        label={ADD_PRINTER_TEXT.name}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={ADD_PRINTER_TEXT.target}
        placeholder={ADD_PRINTER_TEXT.targets[kind]}
        value={target}
        maxLength={1000}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTarget(event.currentTarget.value)}
      />
      <NativeSelect
        label={ADD_PRINTER_TEXT.paper}
        value={String(widthMm)}
        data={widths.map((each) => ({ value: String(each), label: ADD_PRINTER_TEXT.papers[each] }))}
        onChange={(event) => setWidth(widths.find((each) => String(each) === event.currentTarget.value) ?? widthMm)}
      />
      {isSheet(kind) ? null : (
        <Checkbox
          label={ADD_PRINTER_TEXT.dotMatrix}
          checked={isDotMatrix}
          onChange={(event) => setDotMatrix(event.currentTarget.checked)}
        />
      )}
      <Button type="submit" variant="default" disabled={!ready}>
        {ADD_PRINTER_TEXT.add}
      </Button>
    </form>
  );
}
