import type { ExceptionKind } from '../../../domain/exception-case.ts';

/** Words of the papers that cases end in. */
export const CASE_PAPER = {
  topUpTitle: 'TANDA TERIMA TAMBAHAN',
  topUpOf: 'Tambahan untuk TTS',
  shortage: 'Kekurangan',
  topUpMeans:
    'Uang ini melengkapi pembayaran pada TTS di atas. Bapenda membukukannya bersama pembayaran itu; simpan kedua kertas.',
  letterTitle: 'SURAT KETERANGAN',
  caseNumber: 'Nomor kasus',
  ofReceipt: 'TTS',
  about: 'Perihal',
  promised: 'Kabar paling lambat',
  letterMeans:
    'Pembayaran atau berkas Anda sedang diurus dengan nomor kasus di atas. Sebutkan nomor itu bila menelepon atau datang. Uang Anda tercatat dan dapat ditelusuri.',
  escalated: 'Diteruskan kepada Samsat Induk. Tunjukkan surat ini dan TTS di sana.',
  refundTitle: 'BUKTI PENGEMBALIAN TUNAI',
  refundNumber: 'Nomor pengembalian',
  refundOf: 'Mengembalikan TTS',
  refundMeans: 'Uang dikembalikan penuh. Tanda terima yang lama ditarik dan tidak berlaku lagi.',
  formTitle: 'PERMOHONAN PENGEMBALIAN',
  formNumber: 'Nomor permohonan',
  asked: 'DIMINTA KEMBALI',
  account: 'Rekening (ditulis tangan oleh pemohon):',
  accountHolder: 'Nama pada rekening',
  bank: 'Bank',
  accountNumber: 'Nomor rekening',
  formMeans:
    'Bapenda membayar ke rekening di atas sesudah disetujui orang lain. Lampirkan TTS asli dan identitas pembayar.',
  applicantSigns: 'Pemohon (nama jelas dan tanda tangan):',
} as const;

/** What a case is about, as a citizen reads it. */
export const CASE_PAPER_KINDS: Readonly<Record<ExceptionKind, string>> = {
  short: 'Pembayaran kurang',
  over: 'Pembayaran lebih',
  'paid-elsewhere': 'Sudah lunas di tempat lain',
  'on-hold': 'Pembayaran ditahan',
  rejected: 'Pembayaran belum dapat dibukukan',
  'refund-due': 'Pengembalian uang',
  quarantined: 'Pembayaran diperiksa Bapenda',
  forked: 'Catatan gerai diperiksa Bapenda',
  'damaged-entry': 'Catatan gerai diperiksa Bapenda',
  'voided-after-booking': 'Batal sesudah dibukukan',
  'print-unknown': 'Kertas belum pasti keluar',
  'document-missing': 'Foto berkas diminta lagi',
  'application-incomplete': 'Berkas belum lengkap',
  'application-returned': 'Berkas dikembalikan',
  'form-gap': 'Nomor blangko terlewat',
  'emergency-gap': 'Nomor kuitansi darurat terlewat',
  'clock-suspect': 'Waktu transaksi diperiksa',
  'line-fault': 'Pengiriman tertunda',
  'cash-variance': 'Selisih kas',
  'deposit-overdue': 'Setoran terlambat',
  'server-rollback': 'Catatan Bapenda dipulihkan',
  'approval-unconfirmed': 'Persetujuan belum ditandatangani',
  'cash-lost': 'Uang rusak, palsu, atau hilang',
  'paid-twice': 'Uang diterima dua kali',
};
