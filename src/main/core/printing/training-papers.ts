import type { PrinterView } from '../../../contract/views-counter.ts';
import type { Printer } from './printer-port.ts';

/**
 * Printers of a training: whatever a feature hands them says LATIHAN before it is laid out, so that no paper can forget it
 * (OPOP-Sync/1 17.4).
 */
export function markingPapers(connect: (printer: PrinterView) => Printer): (printer: PrinterView) => Printer {
  return (settings) => {
    const printer = connect(settings);
    return {
      print: (document, name) => printer.print({ ...document, head: { ...document.head, training: true } }, name),
    };
  };
}
