import type { DraftView } from '../../../contract/views-transaction.ts';

/** The payer as it stands in the fields: text, never null. */
export type Payer = Readonly<{ name: string; phone: string; blankReason: string; isOwner: boolean }>;

const PHONE = /^\+?[\d -]{6,20}$/;

/** Nothing typed yet, of a person who need not be the owner. */
export const NO_PAYER: Payer = { name: '', phone: '', blankReason: '', isOwner: false };

/** The fields of a service; an owner who pays himself need not be typed again. */
export function payerOf(draft: DraftView, isOwnerFirst = true): Payer {
  const { payer, identity } = draft;
  const untouched = payer.name === null && payer.phone === null && payer.blankReason === null;
  const isOwner = untouched ? isOwnerFirst : payer.isOwner;
  return {
    name: payer.name ?? (isOwner ? (identity?.ownerName ?? '') : ''),
    phone: payer.phone ?? '',
    blankReason: payer.blankReason ?? '',
    isOwner,
  };
}

/** A text, or null where it is blank. */
function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** The payer as the core takes it: a text, or null where it is blank. */
export type PayerInput = Readonly<{
  name: string | null;
  phone: string | null;
  blankReason: string | null;
  isOwner: boolean;
}>;

/** What is sent for the fields; a reason stands only beside a blank. */
export function payerInput(payer: Payer): PayerInput {
  const name = orNull(payer.name);
  const phone = orNull(payer.phone);
  return {
    name,
    phone,
    blankReason: name === null || phone === null ? orNull(payer.blankReason) : null,
    isOwner: payer.isOwner,
  };
}

/** Whether a phone number can be one; a blank one is answered with its reason instead. */
export function phoneIsPlausible(phone: string): boolean {
  return phone.trim() === '' || PHONE.test(phone.trim());
}
