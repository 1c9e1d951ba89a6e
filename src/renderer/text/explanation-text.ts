import * as ENGLISH from './en/explanation-text.ts';
import { inLanguage } from './language.ts';

/** Words of the sheet "mengapa jumlahnya sekian". */
export const WHY_TEXT = inLanguage(
  {
    title: 'Mengapa jumlahnya sekian',
    rule: 'Aturan',
    basis: 'Dasar',
    beneficiary: 'Untuk',
    waived: 'Dibebaskan',
    close: 'Tutup',
    period: 'Masa pajak jatuh tempo',
    recipients: 'Pembagian',
  },
  ENGLISH.WHY_TEXT,
);
