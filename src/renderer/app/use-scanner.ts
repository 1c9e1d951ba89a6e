import { useEffect, useRef } from 'react';
import { useNavigation } from './navigation.tsx';
import { NO_BURST, strokeOf } from './scan-detector.ts';
import { meaningOf, type ScanMeaning } from './scan-meaning.ts';

/** A field and what stood in it before the burst ran into it. */
type Touched = Readonly<{ field: HTMLInputElement; value: string }>;

function touchedField(page: Document): Touched | undefined {
  const field = page.activeElement;
  return field instanceof HTMLInputElement ? { field, value: field.value } : undefined;
}

/** Puts a field back as it was; the event tells React, which keeps the value. */
function restore(touched: Touched): void {
  if (touched.field.value === touched.value) return;
  const prototype = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  prototype?.set?.call(touched.field, touched.value);
  touched.field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A field that asks for a code in its own words keeps what is scanned into it. */
function isScanField(page: Document): boolean {
  return page.activeElement?.closest('[data-takes-scan]') instanceof HTMLElement;
}

/** Hears a barcode scanner wherever the focus is, and brings what it read to the right place. */
export function useScanner(enabled: boolean): void {
  const { go } = useNavigation();
  const scans = useRef(0);
  useEffect(() => {
    if (!enabled) return undefined;
    let burst = NO_BURST;
    /** More than one where the focus moved while the scanner was sending. */
    let touched: readonly Touched[] = [];

    const open = (meaning: ScanMeaning): void => {
      scans.current += 1;
      switch (meaning.kind) {
        case 'receipt':
          go({ screen: 'history', transactionId: meaning.transactionId });
          return;
        case 'receipt-number':
          go({ screen: 'history', search: meaning.text });
          return;
        case 'vehicle':
          go({ screen: 'service', scanned: { text: meaning.text, nth: scans.current } });
          return;
        case 'arrival':
          go({
            screen: 'service',
            scanned: { text: meaning.text, nth: scans.current },
            arrivalId: meaning.arrivalId,
          });
          return;
        case 'application':
          go({ screen: 'documents', tab: 'applications' });
          return;
        case 'unknown':
          return;
        default:
          meaning satisfies never;
      }
    };

    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const stroke = strokeOf(burst, event.key, event.timeStamp);
      burst = stroke.burst;
      if (stroke.kind === 'started') touched = [];
      if (stroke.kind === 'started' || stroke.kind === 'grew') {
        const now = touchedField(document);
        if (now !== undefined && touched.every(({ field }) => field !== now.field)) touched = [...touched, now];
      }
      if (stroke.kind !== 'scanned' || isScanField(document)) return;
      const meaning = meaningOf(stroke.text);
      if (meaning.kind === 'unknown') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      for (const each of touched) restore(each);
      // What stands half done in a sheet is not thrown away by a scan; it is finished or closed first.
      if (document.querySelector('[data-sheet]') === null) open(meaning);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [enabled, go]);
}
