import type { FormStockRow as Stock, TicketRow as Ticket } from '../../contract/views-documents.ts';
import { count, duration, time, serialText } from './format.ts';
import * as ENGLISH from './en/originals-text.ts';
import { inLanguage } from './language.ts';

/** Laci berkas: originals that lie at the counter. */
export const DRAWER_TEXT = inLanguage(
  {
    note: 'Berkas asli yang dititip di loket ini, yang paling lama di atas. Spasi memilih beberapa milik orang yang sama.',
    empty: 'Laci kosong: tidak ada berkas asli yang dititip.',
    list: 'Isi laci berkas',
    columns: { chosen: 'Pilih', since: 'Sejak', label: 'Berkas', name: 'Nama', plate: 'Nomor Polisi', number: 'Nomor' },
    days: (days: number): string => (days === 0 ? 'hari ini' : `${count(days)} hari`),
    chosen: (chosen: number): string => `${count(chosen)} berkas dipilih`,
    ticked: 'dipilih',
    unticked: 'belum dipilih',
    handOver: 'Serahkan berkas',
    title: (chosen: number): string => `Serahkan ${count(chosen)} berkas asli`,
    done: (number: string): string => `Bukti serah terima ${number} dikirim ke printer. Minta tanda tangannya.`,
    doneWithoutPaper: (number: string): string => `Diserahkan dengan nomor ${number}. Kertasnya belum tercetak.`,
    several: 'Berkas yang dipilih milik beberapa layanan. Serahkan satu per satu.',
    noName: 'tanpa nama',
  },
  ENGLISH.DRAWER_TEXT,
);

const REASON: Readonly<Record<Ticket['reason'], string>> = {
  'walk-in': 'datang hari ini',
  outage: 'datang saat gangguan',
};

/** Antrean: who waits, in the fair order. */
export const QUEUE_TEXT = inLanguage(
  {
    next: 'Berikutnya',
    nobody: 'Tidak ada yang menunggu.',
    waiting: (people: number): string => `${count(people)} menunggu`,
    settledToday: (people: number): string => `${count(people)} selesai hari ini`,
    list: 'Urutan antrean',
    order: 'Yang datang saat gangguan didahulukan menurut jam datangnya, sesudah itu yang datang hari ini.',
    columns: { place: 'Urutan', number: 'Nomor', reason: 'Keterangan', plate: 'Nomor Polisi', since: 'Menunggu' },
    serve: 'Layani',
    absent: 'Tidak ada di tempat',
    left: 'Sudah pulang',
    ended: 'Sudah dipanggil',
    outcomes: { absent: 'Dicatat tidak ada di tempat.', left: 'Dicatat sudah pulang.' },
    showNext: 'Tampilkan berikutnya',
    issue: 'Ambil nomor baru',
    issueTitle: 'Nomor antrean baru',
    issueWhy: 'Nomor polisi dan nama boleh kosong; yang dicatat dapat dilayani tanpa mengetik lagi.',
    plate: 'Nomor Polisi',
    plateWrong: 'Nomor polisi ini tidak mungkin. Contoh: AG 4321 ED.',
    name: 'Nama',
    outage: 'Loket sedang terganggu (koneksi, listrik, atau sistem)',
    submit: 'Cetak nomor',
    cancel: 'Kembali',
    issued: (number: number): string => `Nomor ${count(number)} dikirim ke printer.`,
    issuedWithoutPaper: (number: number): string => `Nomor ${count(number)} tercatat. Kertasnya belum tercetak.`,
    reason: (reason: Ticket['reason']): string => REASON[reason],
    since: (now: number, at: number): string => `${duration(now - at)}, sejak ${time(at)}`,
  },
  ENGLISH.QUEUE_TEXT,
);

const FORMS: Readonly<Record<Stock['form'], string>> = {
  tbpkp: 'Kertas TBPKP',
  pengesahan: 'Stiker pengesahan',
};

const SPOIL_REASONS: readonly string[] = ['Salah cetak', 'Kertas sobek atau basah', 'Printer tersangkut'];

/** Blangko: pre-printed forms from delivery to use. */
export const FORMS_TEXT = inLanguage(
  {
    tab: 'Blangko',
    forms: FORMS,
    empty: 'Belum ada blangko yang dicatat.',
    emptyNext: 'Catat penerimaan pertama dari surat pengantarnya.',
    range: (stock: Pick<Stock, 'series' | 'from' | 'to'>): string =>
      `${serialText(stock.series, stock.from)} sampai ${serialText(stock.series, stock.to)}`,
    left: (left: number, all: number): string => `sisa ${count(left)} dari ${count(all)} lembar`,
    used: (used: number): string => `${count(used)} terpakai`,
    spoiled: (spoiled: number): string => `${count(spoiled)} rusak`,
    missing: (missing: number): string => `${count(missing)} hilang`,
    usedSerial: 'Nomor blangko TBPKP',
    useNow: 'Catat terpakai',
    usedNow: (serial: string): string => `Blangko ${serial} tercatat terpakai.`,
    nextSerial: 'Berikutnya di atas',
    usedUp: 'Habis',
    gap: (series: string, from: number, to: number): string =>
      from === to
        ? `Nomor ${serialText(series, from)} terlewat. Cari lembarnya: catat rusak atau hilang.`
        : `Nomor ${serialText(series, from)} sampai ${serialText(series, to)} terlewat. Cari lembarnya: catat rusak atau hilang.`,
    receive: 'Catat penerimaan',
    receiveTitle: 'Penerimaan blangko',
    form: 'Jenis',
    series: 'Seri (boleh kosong)',
    from: 'Nomor awal',
    to: 'Nomor akhir',
    deliveryNote: 'Nomor surat pengantar',
    spoil: 'Catat rusak',
    spoilTitle: 'Blangko rusak',
    serial: 'Nomor pada blangko',
    reason: 'Alasan',
    spoilReasons: SPOIL_REASONS,
    otherReason: 'Alasan lain',
    lost: 'Catat hilang',
    lostTitle: 'Blangko hilang',
    lostWhy: 'Dinyatakan sekali, oleh orang yang bertanggung jawab, dan tampil di Bapenda.',
    submit: 'Catat',
    cancel: 'Kembali',
  },
  ENGLISH.FORMS_TEXT,
);

/** Sheets of a delivery that nobody has used, spoiled or lost yet. */
export function sheetsLeft({ from, to, used, spoiled, missing }: Stock): number {
  return Math.max(0, to - from + 1 - used - spoiled - missing);
}
