import type { Axes } from '../../contract/views-transaction.ts';
import { assertNever } from '../../domain/result.ts';

/** What colour says, never alone: settled, on its way, waits, needs a person, not yet. */
export type Tone = 'settled' | 'moving' | 'waiting' | 'person' | 'none';

/** One axis of a transaction as a mark with its word. */
export type AxisMark = Readonly<{
  axis: 'business' | 'print' | 'delivery' | 'central' | 'documents';
  tone: Tone;
  word: string;
}>;

/** Names of the five axes, for the life of a transaction. */
export const AXIS_NAMES: Readonly<Record<AxisMark['axis'], string>> = {
  business: 'Uang',
  print: 'Kertas',
  delivery: 'Kiriman',
  central: 'Bapenda',
  documents: 'Berkas',
};

const BUSINESS: Readonly<Record<Axes['business'], readonly [Tone, string]>> = {
  draft: ['none', 'draf'],
  assessed: ['none', 'ditetapkan'],
  paid: ['settled', 'dibayar'],
  voided: ['person', 'dibatalkan'],
};

const DELIVERY: Readonly<Record<Axes['delivery'], readonly [Tone, string]>> = {
  queued: ['waiting', 'antre'],
  sending: ['moving', 'mengirim'],
  acknowledged: ['settled', 'diterima Bapenda'],
  quarantined: ['person', 'perlu diperiksa Bapenda'],
  exported: ['moving', 'disalin ke flashdisk'],
};

const CENTRAL: Readonly<Record<Axes['central'], readonly [Tone, string]>> = {
  'not-booked': ['none', 'belum dibukukan'],
  booked: ['settled', 'dibukukan'],
  short: ['person', 'kurang bayar'],
  over: ['person', 'lebih bayar'],
  'paid-elsewhere': ['person', 'sudah lunas di tempat lain'],
  'on-hold': ['waiting', 'ditahan'],
  rejected: ['person', 'ditolak'],
  'refund-due': ['person', 'harus dikembalikan'],
  refunded: ['settled', 'dikembalikan'],
};

const DOCUMENTS: Readonly<Record<Axes['documents'], readonly [Tone, string]>> = {
  none: ['none', 'tanpa foto'],
  local: ['waiting', 'di komputer ini'],
  uploading: ['moving', 'diunggah'],
  stored: ['settled', 'tersimpan di Bapenda'],
  missing: ['person', 'belum lengkap'],
};

function printMark(axes: Axes): readonly [Tone, string] {
  switch (axes.print) {
    case 'not-printed':
      return ['waiting', 'belum cetak'];
    case 'printing':
      return ['moving', 'sedang dicetak'];
    case 'print-unknown':
      return ['person', 'belum pasti'];
    case 'printed':
      return ['settled', axes.copies === 0 ? 'tercetak' : `tercetak, ${axes.copies} salinan`];
    case 'spoiled':
      return ['person', 'cetakan rusak'];
    default:
      return assertNever(axes.print);
  }
}

/** The five axes of a transaction, never one, in the order of its life. */
export function axisMarks(axes: Axes): readonly AxisMark[] {
  const mark = (axis: AxisMark['axis'], [tone, word]: readonly [Tone, string]): AxisMark => ({ axis, tone, word });
  return [
    mark('business', BUSINESS[axes.business]),
    mark('print', printMark(axes)),
    mark('delivery', DELIVERY[axes.delivery]),
    mark('central', CENTRAL[axes.central]),
    mark('documents', DOCUMENTS[axes.documents]),
  ];
}

/** Tone and word of a delivery state, for the outbox. */
export function deliveryMark(state: Axes['delivery']): Readonly<{ tone: Tone; word: string }> {
  const [tone, word] = DELIVERY[state];
  return { tone, word };
}

/** Tone and word of a central state, for a case; a state that came as plain text. */
export function centralMark(state: string): Readonly<{ tone: Tone; word: string }> {
  const [, [tone, word]] = Object.entries(CENTRAL).find(([name]) => name === state) ?? [
    state,
    ['none', state] as const,
  ];
  return { tone, word };
}
