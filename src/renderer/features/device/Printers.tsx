import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { DEVICE_TEXT, PRINTER_KIND_TEXT } from '../../text/device-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { ADD_PRINTER_TEXT } from '../../text/self-test-text.ts';
import { AddPrinter } from './AddPrinter.tsx';
import styles from './Device.module.css';

/** As many as the counter keeps. */
const MOST_PRINTERS = 6;

/** The printers with one of them in a new role; whoever held the role steps back. */
function withRole(printers: readonly PrinterView[], printerId: string, role: 'first' | 'second'): PrinterView[] {
  const held = printers.find((printer) => printer.printerId === printerId)?.role ?? 'none';
  return printers.map((printer) => {
    if (printer.printerId === printerId) return { ...printer, role };
    return printer.role === role ? { ...printer, role: held } : printer;
  });
}

/** Printers of this counter, their roles, and a test page for each. */
export function Printers(): ReactNode {
  const reading = useProcedure('printing.printers', {});
  const set = useAction('printing.set-printers');
  const test = useAction('printing.test');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [note, setNote] = useState('');
  const printers = reading.value ?? [];
  const printTest = async (printer: PrinterView): Promise<void> => {
    const answer = await test.run({ printerId: printer.printerId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? DEVICE_TEXT.testSent(printer.name) : '');
  };
  const replace = async (next: readonly PrinterView[]): Promise<boolean> => {
    const answer = await set.run({ printers: [...next] });
    if (answer === undefined) return false;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) reading.again();
    return answer.ok;
  };
  return (
    <Pane title={DEVICE_TEXT.printers} fill>
      {printers.length === 0 && reading.value !== undefined ? <p>{DEVICE_TEXT.noPrinters}</p> : null}
      {printers.map((printer) => (
        <div key={printer.printerId} className={styles['printer']}>
          <div>
            <strong>{printer.name}</strong>
            <p className={styles['dim']}>
              {`${PRINTER_KIND_TEXT[printer.kind]}, ${printer.widthMm} mm, ${DEVICE_TEXT.role[printer.role]}`}
            </p>
            <p className={styles['dim']}>{printer.target}</p>
          </div>
          <div className={styles['printerActions']}>
            {printer.role === 'first' ? null : (
              <Button
                size="xs"
                variant="default"
                onClick={() => void replace(withRole(printers, printer.printerId, 'first'))}
              >
                {DEVICE_TEXT.makeFirst}
              </Button>
            )}
            {printer.role === 'second' ? null : (
              <Button
                size="xs"
                variant="default"
                onClick={() => void replace(withRole(printers, printer.printerId, 'second'))}
              >
                {DEVICE_TEXT.makeSecond}
              </Button>
            )}
            <Button size="xs" variant="default" disabled={test.busy} onClick={() => void printTest(printer)}>
              {DEVICE_TEXT.test}
            </Button>
            {printer.role === 'none' ? (
              <Button
                size="xs"
                variant="subtle"
                onClick={() => void replace(printers.filter((one) => one.printerId !== printer.printerId))}
              >
                {ADD_PRINTER_TEXT.remove}
              </Button>
            ) : null}
          </div>
        </div>
      ))}
      {printers.length >= MOST_PRINTERS ? null : (
        <AddPrinter printers={printers} onAdd={(printer) => replace([...printers, printer])} />
      )}
      <p role="status">{note}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}
