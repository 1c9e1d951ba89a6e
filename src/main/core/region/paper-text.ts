import type { DayPaperFigures } from '../../../contract/day-paper.ts';
import type { DayFinding } from '../../../contract/region-day.ts';
import type { LegExplanation, MatchLeg } from '../../../domain/day-match.ts';

type LegState = DayPaperFigures['legs'][number]['state'];

const LEGS: Readonly<Record<MatchLeg, string>> = {
  counted: 'Kas dihitung',
  bank: 'Rekening koran',
  forms: 'Nomor blangko',
  beneficiaries: 'Dibukukan Bapenda',
};

const LEG_STATES: Readonly<Record<LegState, string>> = {
  equal: 'sama',
  explained: 'selisih dijelaskan',
  open: 'belum dijelaskan',
  waiting: 'belum ada',
  'not-applicable': 'tidak berlaku',
};

const REASONS: Readonly<Record<LegExplanation['reason'], string>> = {
  variance: 'selisih hitung kas yang sudah dijelaskan',
  'not-deposited': 'belum disetor',
  'on-the-way': 'dalam perjalanan ke bank',
  'refused-by-teller': 'ditolak teller',
  'not-booked-yet': 'belum dibukukan',
  case: 'ditangani sebagai kasus',
  voided: 'dibatalkan',
  'form-missing': 'blangko hilang',
  'form-spoiled': 'blangko rusak',
};

const FINDINGS: Readonly<Record<DayFinding['kind'], string>> = {
  gap: 'Nomor urut jurnal yang terlewat',
  fork: 'Dua jurnal berbeda dari satu loket',
  rollback: 'Jurnal mundur ke keadaan lama',
  damaged: 'Entri rusak yang tidak terbaca',
  quarantined: 'Kiriman yang harus diperiksa Bapenda',
  'number-missing': 'Nomor TTS yang tidak ada',
  'number-reused': 'Nomor TTS dipakai dua kali',
  'form-missing': 'Blangko yang tidak ada',
  'form-reused': 'Blangko dipakai dua kali',
  'sheet-missing': 'Lembar kuitansi darurat yang tidak ada',
  incident: 'Kejadian yang dicatat Bapenda',
};

/** Words of the Berita Acara. A paper is Indonesian, whatever the screens are. */
export const PAPER_WORDS = {
  title: (part: number): string => (part === 0 ? 'BERITA ACARA REKONSILIASI' : `BERITA ACARA TAMBAHAN ${String(part)}`),
  /** `BA/3506-017/2026-03-10`, `BA/3506-017/2026-03-10/T1`. */
  number: (outletId: string, on: string, part: number): string =>
    `Nomor BA/${outletId}/${on}${part === 0 ? '' : `/T${String(part)}`}`,
  outlet: (name: string, outletId: string, place: string): string => `${name} (${outletId}), ${place}`,
  region: (name: string): string => name,
  day: (on: string, items: number): string => `Hari ${on}; ${String(items)} entri`,
  itemsHash: (hash: string): string => `Sidik entri ${hash}`,
  draft: 'RANCANGAN',
  leg: (leg: MatchLeg): string => LEGS[leg],
  legState: (state: LegState): string => LEG_STATES[state],
  reason: (reason: LegExplanation['reason']): string => REASONS[reason],
  finding: (kind: DayFinding['kind']): string => FINDINGS[kind],
  journal: 'Jurnal gerai',
  columns: {
    figure: 'Angka dari',
    amount: 'Jumlah',
    difference: 'Selisih',
    unexplained: 'Belum dijelaskan',
    state: 'Keadaan',
    why: 'Yang menjelaskan',
    entry: 'Entri',
    what: 'Apa',
    counter: 'Loket',
    officer: 'Petugas',
    opened: 'Dibuka',
    closed: 'Ditutup',
    sales: 'Transaksi',
    expected: 'Seharusnya',
    counted: 'Dihitung',
    explanation: 'Penjelasan',
    code: 'Kode',
    beneficiary: 'Penerima',
    document: 'Dokumen',
    from: 'Nomor pertama',
    to: 'Nomor terakhir',
    count: 'Banyaknya',
    place: 'Nomor urut',
    hash: 'Sidik jurnal',
  },
  figures: {
    close: 'Lima angka saat penutupan ditandatangani',
    reconciliation: 'Lima angka saat rekonsiliasi ditandatangani',
    now: 'Lima angka saat ini, belum ditandatangani',
  },
  explanations: 'Entri yang menjelaskan selisih',
  explanationsMore: 'Entri lain yang tidak dicantumkan',
  noDetail: 'Entri penjelas tidak dibekukan saat itu; lihat entri hari itu.',
  findings: 'Temuan',
  noFindings: 'Tidak ada nomor hilang, nomor ganda, celah, atau cabang.',
  sessions: 'Sesi kas',
  owed: 'Hak penerima dari entri bagian ini',
  taken: 'Diterima oleh entri bagian ini',
  documents: 'Dokumen',
  receipts: (counter: string): string => `TTS ${counter}`,
  slip: (bank: string, on: string): string => `Bukti setor ${bank}, ${on}`,
  heads: 'Ujung jurnal tiap loket pada bagian ini',
  counter: (no: number): string => `Loket ${String(no).padStart(2, '0')}`,
  signed: 'Tanda tangan',
  close: 'Penutupan hari',
  reconciliation: 'Rekonsiliasi',
  by: (name: string): string => name,
  at: (time: string): string => `${time} WIB`,
  device: (outletId: string, no: number, deviceId: string): string =>
    `perangkat ${outletId}/${String(no).padStart(2, '0')} (${deviceId.slice(0, 8)})`,
  letter: (from: string, number: string): string => `Plh. untuk ${from}, surat ${number}`,
  note: (note: string): string => `Catatan: ${note}`,
  entry: (hash: string): string => `entri ${hash}`,
  unsigned: 'BELUM DITANDATANGANI',
  pen: '(                                                  )',
  state: {
    none: 'Penutupan dan rekonsiliasi belum ditandatangani. Isi rancangan ini masih dapat berubah.',
    close:
      'Penutupan sudah ditandatangani, rekonsiliasi belum. Yang di bawah penutupan tidak berubah lagi; rekonsiliasi masih dapat berubah.',
    both: 'Ditandatangani dua kali. Isi berita acara ini tidak berubah lagi; entri yang datang kemudian dicatat dalam Berita Acara tambahan bernomor.',
  },
  made: (time: string): string => `Disusun ${time} WIB`,
  foot: (number: string, itemsHash: string): string => `${number} · sidik entri ${itemsHash}`,
  proof: 'Setiap tanda tangan adalah entri di jurnal perangkat penanda tangan, yang disimpan Bapenda.',
} as const;

/** Words of the month's file. */
export const MONTH_WORDS = {
  title: (month: string): string => `Rekap Bulan ${month}`,
  loaded: (time: string): string => `Sumber: Bapenda, dimuat ${time} WIB`,
  signedOnly: 'Ditandatangani: hari yang semua bagiannya sudah ditutup dengan tanda tangan.',
  byOutlet: 'Per gerai',
  byBeneficiary: 'Per penerima',
  byRegency: 'Per kabupaten dan kota',
  byBoth: 'Gerai dan penerima',
  outletId: 'Kode gerai',
  outlet: 'Gerai',
  regency: 'Kab/Kota',
  outlets: 'Gerai',
  days: 'Hari',
  daysSigned: 'Hari ditandatangani',
  sales: 'Transaksi',
  all: 'Semua hari',
  signed: 'Ditandatangani',
  unsigned: 'Belum ditandatangani',
  owed: 'Hak kab/kota ditandatangani',
  which: 'Hari yang belum',
  waits: { open: 'sesi terbuka', close: 'menunggu penutupan', supplement: 'tambahan menunggu' },
} as const;
