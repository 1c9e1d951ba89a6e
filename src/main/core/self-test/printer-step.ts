import type { Refusal } from '../../../contract/errors.ts';
import type { PrinterView } from '../../../contract/views-counter.ts';
import type { Result } from '../../../domain/result.ts';
import type { PaperDocument } from '../printing/paper-document.ts';
import { isSheets } from '../printing/printers.ts';
import { testPaper } from '../printing/receipt-document.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step } from './step.ts';

/** What the step asks of printing: the list, and a paper of no transaction on one of them. */
type Printing = {
  readonly printers: () => Promise<readonly PrinterView[]>;
  readonly printLoose: (paper: PaperDocument, printerId: string) => Promise<Result<unknown, Refusal>>;
};

/** What is known of a printer whose paper came out: a roll has a width that only a person can read off the ruler. */
function findingOf(printer: PrinterView): ReturnType<typeof found> {
  const { name, kind, columns, cuts } = printer;
  if (isSheets(printer)) return found(true, say('printerSheet', name), { kind });
  if (columns === undefined) return found(false, say('printerSent', name), { kind, columns: null });
  return found(true, say('printerFine', name, columns, cuts ?? true), { kind, columns, cuts: cuts ?? true });
}

/** Prints the ruler page on the first printer. */
export function printerStep({ printers, printLoose }: Printing, paper: () => PaperDocument = testPaper): Step {
  return async () => {
    const printer = (await printers()).find((one) => one.role === 'first');
    if (printer === undefined) return found(false, say('printerNone'));
    const printed = await printLoose(paper(), printer.printerId);
    if (printed.ok) return findingOf(printer);
    const reason = String(printed.error.details?.['reason'] ?? printed.error.code);
    return found(false, say('printerSilent', printer.name, reason), { kind: printer.kind, reason });
  };
}

/** The printer with what a person read off its ruler page. */
export function measuredPrinter(
  printers: readonly PrinterView[],
  seen: { readonly printerId: string; readonly columns: number; readonly cuts: boolean },
): { readonly printers: readonly PrinterView[]; readonly finding: ReturnType<typeof found> } | undefined {
  const known = printers.find((one) => one.printerId === seen.printerId);
  if (known === undefined) return undefined;
  const measured = { ...known, columns: seen.columns, cuts: seen.cuts };
  return { printers: printers.map((one) => (one === known ? measured : one)), finding: findingOf(measured) };
}
