/** Words of the sheet "mengapa jumlahnya sekian". */
export const WHY_TEXT = {
  title: 'Mengapa jumlahnya sekian',
  rule: 'Aturan',
  basis: 'Dasar',
  beneficiary: 'Untuk',
  waived: 'Dibebaskan',
  close: 'Tutup',
  period: 'Masa pajak jatuh tempo',
  recipients: 'Pembagian',
} as const;
