import type { DraftView } from '../../../contract/views-transaction.ts';
import { assertNever } from '../../../domain/result.ts';

/** Where the next key stroke belongs. Enter walks them in this order, Esc goes back one. */
export const STEPS = ['plate', 'candidates', 'tail', 'documents', 'payer', 'cash'] as const;
export type Step = (typeof STEPS)[number];

/** A wish to have the focus at a step; `nth` tells two equal wishes apart. */
export type StepWish = Readonly<{ step: Step; nth: number }>;

/** The step at which a service stands, from what is known: where a resumed service goes on. */
export function stepOf(draft: DraftView | undefined): Step {
  if (draft === undefined) return 'plate';
  if (draft.identity === null) return 'tail';
  if (draft.offer === 'none') return 'plate';
  return documentsComplete(draft) ? 'payer' : 'documents';
}

/** Whether every required paper is ticked or waived. */
export function documentsComplete(draft: Pick<DraftView, 'documents'>): boolean {
  return draft.documents.every((document) => !document.required || document.present || document.waived !== null);
}

/** The step after this one; the cash step exists only where money may be taken. */
export function stepAfter(step: Step, draft: DraftView | undefined): Step {
  switch (step) {
    case 'plate':
    case 'candidates':
      return draft === undefined ? 'plate' : 'tail';
    case 'tail':
      return 'documents';
    case 'documents':
      return 'payer';
    case 'payer':
    case 'cash':
      return draft?.offer === 'sell' ? 'cash' : 'payer';
    default:
      return assertNever(step);
  }
}

/** One step back; nothing that was typed is lost. A confirmed vehicle needs its chassis number no more. */
export function stepBefore(step: Step, draft: DraftView | undefined): Step {
  switch (step) {
    case 'cash':
      return 'payer';
    case 'payer':
      return 'documents';
    case 'documents':
      return draft?.identity === null ? 'tail' : 'plate';
    case 'plate':
    case 'candidates':
    case 'tail':
      return 'plate';
    default:
      return assertNever(step);
  }
}

/** Last five characters of a chassis number, from whatever of it was typed or scanned. */
export function chassisTailOf(text: string): string {
  return text
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(-5);
}
