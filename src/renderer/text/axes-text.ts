import type { Axes } from '../../contract/views-transaction.ts';
import { assertNever } from '../../domain/result.ts';
import { inLanguage } from './language.ts';

/** What colour says, never alone: settled, on its way, waits, needs a person, not yet. */
export type Tone = 'settled' | 'moving' | 'waiting' | 'person' | 'none';

/** One axis of a transaction as a mark with its word. */
export type AxisMark = Readonly<{
  axis: 'business' | 'print' | 'delivery' | 'central' | 'documents';
  tone: Tone;
  word: string;
}>;

/** Names of the five axes, for the life of a transaction. */
export const AXIS_NAMES: Readonly<Record<AxisMark['axis'], string>> = inLanguage(
  { business: 'Uang', print: 'Kertas', delivery: 'Kiriman', central: 'Bapenda', documents: 'Berkas' },
  { business: 'Money', print: 'Paper', delivery: 'Delivery', central: 'Bapenda', documents: 'Papers' },
);

const BUSINESS: Readonly<Record<Axes['business'], readonly [Tone, string]>> = {
  draft: ['none', inLanguage('draf', 'draft')],
  assessed: ['none', inLanguage('ditetapkan', 'assessed')],
  paid: ['settled', inLanguage('dibayar', 'paid')],
  voided: ['person', inLanguage('dibatalkan', 'voided')],
};

const DELIVERY: Readonly<Record<Axes['delivery'], readonly [Tone, string]>> = {
  queued: ['waiting', inLanguage('antre', 'queued')],
  sending: ['moving', inLanguage('mengirim', 'sending')],
  acknowledged: ['settled', inLanguage('diterima Bapenda', 'received by Bapenda')],
  quarantined: ['person', inLanguage('perlu diperiksa Bapenda', 'Bapenda must look at it')],
  exported: ['moving', inLanguage('disalin ke flashdisk', 'copied to a flashdisk')],
};

const CENTRAL: Readonly<Record<Axes['central'], readonly [Tone, string]>> = {
  'not-booked': ['none', inLanguage('belum dibukukan', 'not booked')],
  booked: ['settled', inLanguage('dibukukan', 'booked')],
  short: ['person', inLanguage('kurang bayar', 'paid too little')],
  over: ['person', inLanguage('lebih bayar', 'paid too much')],
  'paid-elsewhere': ['person', inLanguage('sudah lunas di tempat lain', 'already paid elsewhere')],
  'on-hold': ['waiting', inLanguage('ditahan', 'on hold')],
  rejected: ['person', inLanguage('ditolak', 'rejected')],
  'refund-due': ['person', inLanguage('harus dikembalikan', 'must be refunded')],
  refunded: ['settled', inLanguage('dikembalikan', 'refunded')],
};

const DOCUMENTS: Readonly<Record<Axes['documents'], readonly [Tone, string]>> = {
  none: ['none', inLanguage('tanpa foto', 'no photos')],
  local: ['waiting', inLanguage('di komputer ini', 'on this computer')],
  uploading: ['moving', inLanguage('diunggah', 'being sent')],
  stored: ['settled', inLanguage('tersimpan di Bapenda', 'kept at Bapenda')],
  missing: ['person', inLanguage('belum lengkap', 'incomplete')],
};

function printMark(axes: Axes): readonly [Tone, string] {
  switch (axes.print) {
    case 'not-printed':
      return ['waiting', inLanguage('belum cetak', 'not printed')];
    case 'printing':
      return ['moving', inLanguage('sedang dicetak', 'being printed')];
    case 'print-unknown':
      return ['person', inLanguage('belum pasti', 'not certain')];
    case 'printed':
      return [
        'settled',
        axes.copies === 0
          ? inLanguage('tercetak', 'printed')
          : inLanguage(`tercetak, ${axes.copies} salinan`, `printed, ${axes.copies} copies`),
      ];
    case 'spoiled':
      return ['person', inLanguage('cetakan rusak', 'print spoiled')];
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
