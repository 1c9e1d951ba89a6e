import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { DEVICE_TEXT, PRINTER_KIND_TEXT } from '../../text/device-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Device.module.css';

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
  const give = async (printerId: string, role: 'first' | 'second'): Promise<void> => {
    const answer = await set.run({ printers: withRole(printers, printerId, role) });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    if (answer.ok) reading.again();
  };
  const printTest = async (printer: PrinterView): Promise<void> => {
    const answer = await test.run({ printerId: printer.printerId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setNote(answer.ok ? DEVICE_TEXT.testSent(printer.name) : '');
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
              <Button size="xs" variant="default" onClick={() => void give(printer.printerId, 'first')}>
                {DEVICE_TEXT.makeFirst}
              </Button>
            )}
            {printer.role === 'second' ? null : (
              <Button size="xs" variant="default" onClick={() => void give(printer.printerId, 'second')}>
                {DEVICE_TEXT.makeSecond}
              </Button>
            )}
            <Button size="xs" variant="default" disabled={test.busy} onClick={() => void printTest(printer)}>
              {DEVICE_TEXT.test}
            </Button>
          </div>
        </div>
      ))}
      <p role="status">{note}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </Pane>
  );
}
