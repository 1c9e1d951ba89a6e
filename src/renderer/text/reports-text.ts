import type { ReportFormat, ReportKind } from '../../contract/views-reports.ts';
import { count } from './format.ts';
import * as ENGLISH from './en/reports-text.ts';
import { inLanguage } from './language.ts';

/** Laporan. */
export const REPORTS_TEXT = inLanguage(
  {
    title: 'Laporan',
    list: 'Daftar laporan',
    period: 'Masa',
    presets: {
      today: 'Hari ini',
      yesterday: 'Kemarin',
      week: '7 hari',
      month: 'Bulan ini',
      free: 'Bebas',
    },
    from: 'Dari',
    to: 'Sampai',
    officer: 'Petugas',
    everyOfficer: 'Semua petugas',
    session: 'Sesi kas',
    everySession: 'Semua sesi',
    part: 'Bagian',
    total: 'Jumlah',
    making: 'Menghitung dari jurnal',
    empty: 'Tidak ada yang dicatat di masa ini.',
    wrongPeriod: 'Periksa tanggalnya: tanggal awal tidak boleh lebih akhir daripada tanggal akhir.',
    rows: (rows: number): string => `${count(rows)} baris`,
    madeFrom: (fromSeq: number, toSeq: number, headSeq: number): string =>
      `entri ${count(fromSeq)} s.d. ${count(toSeq)}, ujung jurnal ${count(headSeq)}`,
    madeFromNothing: (headSeq: number): string => `tidak ada entri, ujung jurnal ${count(headSeq)}`,
    madeAt: (time: string): string => `dibuat ${time}`,
    suspectTime: 'jam diragukan',
    rowHint: 'Enter membuka entri di balik angka.',
    chart: 'Grafik',
    entries: 'Entri di balik angka',
    entriesOf: (entries: number): string => `${count(entries)} entri`,
    entriesMore: (shown: number): string => `${count(shown)} yang pertama ditampilkan`,
    noEntries: 'Tidak ada entri yang menggerakkan angka ini.',
    openHistory: 'Enter membuka transaksinya di Riwayat.',
    export: 'Simpan berkas',
    exportTitle: 'Simpan laporan sebagai berkas',
    exportWhy: 'Berkas berisi persis laporan di layar, dengan sidik jurnal. Penyimpanan dicatat di jurnal.',
    format: 'Bentuk',
    place: 'Tempat',
    free: (size: string): string => `sisa ${size}`,
    masked: 'Nomor polisi disamarkan.',
    platesReason: 'Alasan nomor polisi harus terbaca (kosongkan untuk disamarkan)',
    save: 'Simpan',
    cancel: 'Batal',
    close: 'Tutup',
    done: 'Selesai',
    exported: 'Laporan tersimpan.',
    exportedFile: (file: string, size: string): string => `${file}, ${size}`,
    exportedHash: (sha256: string): string => `Sidik berkas ${sha256}`,
  },
  ENGLISH.REPORTS_TEXT,
);

/** The list of reports, in the words of those who look for them. */
export const REPORT_NAMES: Readonly<Record<ReportKind, string>> = inLanguage(
  {
    closing: 'Penutupan hari',
    day: 'Harian',
    'cash-session': 'Sesi kas',
    officer: 'Petugas',
    component: 'Komponen',
    beneficiary: 'Hak penerima',
    means: 'Cara bayar',
    rounding: 'Pembulatan',
    variances: 'Selisih kas',
    'cash-age': 'Umur kas',
    deposits: 'Setoran',
    bku: 'Buku Kas Umum',
    sts: 'STS',
    'sts-register': 'Register STS',
    voids: 'Batal, cetak ulang',
    gaps: 'Nomor yang hilang',
    signals: 'Perlu dilihat',
    'service-quality': 'Mutu layanan',
  },
  ENGLISH.REPORT_NAMES,
);

/** What a report is saved as. */
export const FORMAT_NAMES: Readonly<Record<ReportFormat, string>> = inLanguage(
  {
    pdf: 'PDF untuk ditandatangani',
    xlsx: 'XLSX untuk lembar kerja',
    csv: 'CSV untuk program lain',
  },
  ENGLISH.FORMAT_NAMES,
);
