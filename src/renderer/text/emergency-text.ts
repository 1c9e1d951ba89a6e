import type { EmergencyRow, EmergencySheetView } from '../../contract/views-emergency.ts';
import { assertNever } from '../../domain/result.ts';
import type { Tone } from './axes-text.ts';
import { count, day, money, sheetNumber } from './format.ts';
import * as ENGLISH from './en/emergency-text.ts';
import { inLanguage } from './language.ts';

function range(from: number, to: number): string {
  return from === to ? sheetNumber(from) : `${sheetNumber(from)} sampai ${sheetNumber(to)}`;
}

/** Kuitansi darurat: what was written by hand while the counter was dead. */
export const EMERGENCY_TEXT = inLanguage(
  {
    tab: 'Kuitansi darurat',
    list: 'Lembar kuitansi darurat',
    note: 'Uang di kertas ini sudah diterima: batas laci, tarif lama, dan penghentian layanan tidak menahannya.',
    empty: 'Belum ada kuitansi yang diketik.',
    emptyNext: 'Saat loket mati: tulis di buku. Sesudah hidup lagi: ketik setiap lembarnya di sini.',
    noBook: 'Belum ada buku kuitansi darurat di gerai ini.',
    noBookNext: 'Catat nomor awal dan akhirnya begitu buku diterima, sebelum dipakai.',
    book: range,
    received: (on: string): string => `diterima ${on}`,
    next: 'Berikutnya di atas',
    usedUp: 'Habis',
    left: (left: number): string => `sisa ${count(left)} lembar`,
    gap: (from: number, to: number): string =>
      `Nomor ${range(from, to)} terlewat: ketik, catat rusak, atau catat hilang.`,
    columns: {
      number: 'Nomor',
      state: 'Keadaan',
      paper: 'Waktu di kertas',
      plate: 'Nomor Polisi',
      amount: 'Jumlah',
      by: 'Dicatat oleh',
    },
    photos: (photos: number): string => (photos === 0 ? 'tanpa foto' : `${count(photos)} foto`),
    enter: 'Ketik kuitansi',
    receive: 'Catat buku',
    spoil: 'Catat rusak',
    lost: 'Catat hilang',
    cancel: 'Kembali',
    submit: 'Catat',
    receiveTitle: 'Buku kuitansi darurat',
    receiveWhy: 'Seperti tertulis di sampul buku. Sejak hari ini lembarnya boleh dipakai.',
    spoilTitle: 'Lembar rusak',
    lostTitle: 'Lembar hilang',
    lostWhy: 'Dinyatakan sekali, oleh orang yang bertanggung jawab, dan tampil di Bapenda.',
    from: 'Nomor awal',
    to: 'Nomor akhir',
    number: 'Nomor pada kertas',
    deliveryNote: 'Nomor surat pengantar',
    reason: 'Alasan',
    formTitle: 'Ketik dari kertas',
    formWhy: 'Persis seperti tertulis. Yang berbeda dari tarif tidak diperbaiki: Bapenda yang menilainya.',
    paperOn: 'Tanggal di kertas',
    paperClock: 'Jam di kertas',
    clockWrong: 'Contoh: 10.41',
    plate: 'Nomor Polisi',
    plateWrong: 'Nomor polisi ini tidak mungkin. Contoh: AG 4321 ED.',
    tail: '5 akhir nomor rangka',
    amount: 'Jumlah diterima',
    amountWrong: 'Contoh: 344.700',
    payer: 'Nama pembayar',
    noPhoto: 'Kalau kertasnya tidak bisa difoto: mengapa',
    withoutPhoto: 'Tanpa foto karena',
    save: 'Simpan lembar',
    onPaper: 'Tertulis di kertas',
    byRules: 'Menurut tarif hari itu',
    second: 'Orang kedua',
    secondWhy: (name: string): string =>
      `Diketik oleh ${name}. Orang lain mencocokkan kertasnya dengan layar ini, lalu memasukkan PIN-nya sendiri.`,
    secondWho: 'Yang mengonfirmasi',
    nobody: 'Tidak ada orang kedua yang terdaftar di gerai ini.',
    pin: 'PIN-nya',
    confirm: 'Konfirmasi',
    photo: (photos: number): string => (photos === 0 ? 'Foto kertas' : `Foto kertas (${count(photos)})`),
    edit: 'Perbaiki',
    discard: 'Buang ketikan',
    discardTitle: (number: number): string => `Buang ketikan lembar ${sheetNumber(number)}?`,
    discardWhy: (amount: number): string =>
      `${money(amount)} di kertas itu tidak tercatat sampai diketik lagi. Foto halamannya ikut dibuang.`,
    saved: (number: number): string => `Lembar ${sheetNumber(number)} tersimpan dan menunggu orang kedua.`,
    confirmed: (receipt: string, amount: number): string => `${money(amount)} tercatat sebagai transaksi ${receipt}.`,
    asked: 'Tagihan hari itu',
    noFigure: 'tidak dapat dihitung di loket ini',
    vehicle: 'Kendaraan',
    owner: 'Pemilik',
    unknownVehicle: 'Nomor polisi ini tidak ada di daftar kendaraan loket ini.',
    tailDiffers: 'Nomor rangka di kertas berbeda dengan daftar kendaraan.',
    paidHere: (receipt: string, on: string): string =>
      `Sudah dibayar di loket ini pada ${on} (${receipt}). Kalau uangnya memang dua kali, tetap konfirmasi: Bapenda mengembalikan yang kedua.`,
  },
  ENGLISH.EMERGENCY_TEXT,
);

const STATES: Readonly<Record<EmergencyRow['state'], Readonly<{ tone: Tone; word: string }>>> = {
  open: { tone: 'waiting', word: inLanguage('menunggu orang kedua', 'waits for the second person') },
  confirmed: { tone: 'settled', word: inLanguage('menjadi transaksi', 'became a transaction') },
  spoiled: { tone: 'none', word: inLanguage('rusak', 'spoiled') },
  missing: { tone: 'person', word: inLanguage('hilang', 'lost') },
};

/** The state of a number as mark and word. */
export function sheetMark(state: EmergencyRow['state']): Readonly<{ tone: Tone; word: string }> {
  return STATES[state];
}

/** How the amount on the paper stands to the rules of its day, in a sentence. */
export function figureSentence({
  figure,
  asked,
  amount,
}: Pick<EmergencySheetView, 'figure' | 'asked' | 'amount'>): string {
  const differs = inLanguage(
    'Dicatat seperti di kertas; Bapenda membuka kasusnya.',
    'Recorded as on the paper; Bapenda opens its case.',
  );
  switch (figure) {
    case 'agrees':
      return inLanguage(
        'Jumlah di kertas sama dengan tagihan hari itu.',
        'The amount on the paper equals the bill of that day.',
      );
    case 'short':
      return inLanguage(
        `${money((asked ?? 0) - amount)} kurang dari tagihan hari itu. ${differs}`,
        `${money((asked ?? 0) - amount)} less than the bill of that day. ${differs}`,
      );
    case 'over':
      return inLanguage(
        `${money(amount - (asked ?? 0))} lebih dari tagihan hari itu. ${differs}`,
        `${money(amount - (asked ?? 0))} more than the bill of that day. ${differs}`,
      );
    case 'unassessed':
      return inLanguage(
        'Tagihan hari itu tidak dapat dihitung di loket ini. Seluruh uangnya dicatat; Bapenda yang membaginya.',
        'The bill of that day cannot be reckoned at this counter. All its money is recorded; Bapenda divides it.',
      );
    default:
      return assertNever(figure);
  }
}

/** `12 Nov 2026` of a book, as its card says it. */
export function receivedText(on: Parameters<typeof day>[0]): string {
  return EMERGENCY_TEXT.received(day(on));
}
