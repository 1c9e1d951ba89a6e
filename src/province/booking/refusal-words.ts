import type { Refusal } from '../../domain/refusal.ts';
import { assertNever } from '../../domain/result.ts';

/** The fact behind a refusal as a bill carries it: a reason, a date or names of fields, never a sentence. */
export function refusalDetail(refusal: Refusal): string | null {
  switch (refusal.code) {
    case 'BLOCKED':
      return refusal.reason;
    case 'DELETED_FROM_REGISTER':
      return null;
    case 'NOT_YET_PAYABLE':
      return refusal.dueOn;
    case 'NO_RULES_FOR_DATE':
      return refusal.dates.join(', ').slice(0, 120);
    case 'PAYABLE_AT_SAMSAT_INDUK':
      return refusal.dueOn;
    case 'RENEWAL_YEAR':
      return refusal.stnkValidUntil;
    case 'VEHICLE_INCOMPLETE':
      return refusal.missing.join(', ').slice(0, 120);
    default:
      return assertNever(refusal);
  }
}

const BLOCKS: Readonly<Record<Extract<Refusal, { code: 'BLOCKED' }>['reason'], string>> = {
  sold: 'sudah dilaporkan dijual',
  theft: 'laporan kehilangan',
  creditor: 'permintaan kreditur',
  'traffic-fine': 'tilang elektronik belum dibayar',
  'hit-and-run': 'perkara tabrak lari',
};

/** One refusal in the words that the counter shows for a decision. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal.code) {
    case 'BLOCKED':
      return `Kendaraan diblokir: ${BLOCKS[refusal.reason]}`;
    case 'DELETED_FROM_REGISTER':
      return 'Kendaraan sudah dihapus dari register';
    case 'NOT_YET_PAYABLE':
      return `Belum dapat dibayar, jatuh tempo ${refusal.dueOn}`;
    case 'NO_RULES_FOR_DATE':
      return 'Tarif untuk tanggal ini belum ada';
    case 'PAYABLE_AT_SAMSAT_INDUK':
      return 'Hanya dapat dibayar di Samsat Induk';
    case 'RENEWAL_YEAR':
      return 'Tahun ganti STNK, hanya di Samsat Induk';
    case 'VEHICLE_INCOMPLETE':
      return `Data kendaraan belum lengkap (${refusal.missing.join(', ')})`;
    default:
      return assertNever(refusal);
  }
}
