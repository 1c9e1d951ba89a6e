import type { DepositDueView } from '../../contract/views-cash.ts';
import { day, duration, money, signedMoney, time } from './format.ts';
import * as ENGLISH from './en/drawer-text.ts';
import { inLanguage } from './language.ts';

/** The drawer's day between opening and bank. */
export const DRAWER_TEXT = inLanguage(
  {
    places: 'Di mana uangnya',
    placeNames: {
      drawer: 'Laci, tanpa modal',
      safe: 'Brankas',
      courier: 'Dibawa kurir',
      inTransit: 'Bank, menunggu konfirmasi',
      confirmed: 'Bank, dikonfirmasi (31 hari)',
    },
    doubtful: (amount: number): string => `ditambah ${money(amount)} yang ditolak, menunggu pengawas`,
    due: ({ dueOn, remainingMs, overdue, officerName }: DepositDueView): string =>
      overdue
        ? `Terlambat disetor: seharusnya paling lambat ${day(dueOn)}. Uang dari sesi ${officerName}.`
        : `Setor paling lambat ${day(dueOn)}, sisa ${duration(remainingMs)}.`,
    dueNone: 'Tidak ada uang yang harus disetor.',

    events: 'Kejadian kas hari ini',
    noEvents: 'Belum ada kejadian kas hari ini.',
    eventNames: {
      'cash-session.opened': 'Sesi dibuka',
      'cash-session.counted': 'Laci dihitung',
      'cash-session.closed': 'Sesi ditutup',
      'cash-session.paused': 'Jeda',
      'cash-session.resumed': 'Kembali dari jeda',
      'cash-session.taken-over': 'Diambil alih pengawas',
      'cash-session.handed-over': 'Serah terima laci',
      'cash.moved': 'Uang kembalian',
      'cash.stored': 'Masuk brankas',
      'cash.dispatched': 'Diserahkan ke kurir',
      'cash.deposited': 'Setoran ke bank',
      'cash.courier-settled': 'Setoran kurir tiba',
      'cash.refused-by-bank': 'Ditolak bank',
      'cash.inspected': 'Pemeriksaan kas',
      'cash.written-off': 'Dicatat sebagai rugi',
      'transaction.voided': 'Pembatalan, uang dikembalikan',
    },
    minutes: (minutes: string): string => `${minutes} menit`,
    refusedNames: { torn: 'Sobek', false: 'Palsu', missing: 'Hilang' },
    eventAmount: (amount: number): string => signedMoney(amount),
    by: (at: number, name: string): string => `${time(at)} · ${name}`,

    destination: 'Uang dibawa ke',
    destinations: { bank: 'Bank', safe: 'Brankas', courier: 'Kurir' },
    move: 'Setor',
    moveTitle: 'Setor uang',
    storeWhy: 'Uang pajak pindah dari laci ke brankas di gerai ini. Belum dihitung sebagai setoran.',
    store: 'Simpan di brankas',
    stored: (amount: number): string => `${money(amount)} sekarang di brankas.`,
    courierWhy: 'Kurir menandatangani slip. Uang dianggap sampai hanya setelah slip bank dicatat.',
    courierName: 'Nama kurir',
    courierSign: 'PIN Anda',
    dispatch: 'Serahkan dan cetak slip',
    dispatched: (amount: number, number: string): string => `${money(amount)} dibawa kurir, slip ${number}.`,
    refusedTitle: 'Yang tidak diterima teller',
    refusedWhy: 'Kosongkan jika semua diterima.',
    refusedOf: (name: string): string => `${name} (Rp)`,

    couriers: 'Dibawa kurir',
    legOf: (number: string, atMs: number, name: string): string => `Slip ${number}, ${time(atMs)}, ${name}`,
    arrived: 'Tiba di bank',
    arrivedTitle: 'Setoran kurir tiba di bank',
    arrivedWhy: (amount: number): string =>
      `Kurir membawa ${money(amount)}. Setiap rupiah dicatat: diterima bank, ditolak, atau hilang.`,
    accepted: 'Diterima bank',
    saveArrival: 'Simpan setoran kurir',

    doubts: 'Ditolak bank, menunggu pengawas',
    writeOff: 'Catat rugi',
    writeOffTitle: 'Catat uang sebagai rugi',
    writeOffWhy: (what: string, amount: number): string =>
      `${what} ${money(amount)}. Dengan persetujuan pengawas jumlah ini keluar dari brankas dan menjadi kerugian.`,
    writeOffReason: 'uang palsu menurut teller, berita acara nomor 12',

    slipPages: (pages: number): string => (pages === 0 ? 'Foto slip' : `Foto slip (${String(pages)})`),
    slipPaper: 'Slip setoran bank',
    confirmedAll: 'dikonfirmasi bank',
    confirmedPart: (amount: number): string => `${money(amount)} dikonfirmasi bank`,
    unconfirmed: 'menunggu konfirmasi bank',
    byCourier: 'oleh kurir',

    pause: 'Jeda',
    pauseTitle: 'Jeda: layar dikunci, sesi kas tetap terbuka',
    pauseWhy: 'Catatan tampil besar di layar terkunci. Laci dikunci dan kuncinya dibawa.',
    pauseNote: 'Catatan di pintu (boleh kosong)',
    pauseExamples: ['Kembali pukul 10.30', 'Istirahat salat dan makan', 'Ke bank, segera kembali'],
    pausePrint: 'Cetak catatan untuk pintu',
    pauseStart: 'Mulai jeda',
    away: (name: string, atMs: number): string => `${name} sedang jeda sejak pukul ${time(atMs)}`,
    awayHere: 'Loket sedang jeda',
    takeOver: 'Petugas tidak kembali? Pengawas masuk, menghitung laci, dan menutup sesi ini.',

    handOver: 'Serah terima laci',
    handOverWhy: 'Hitung semua uang di laci bersama-sama. Selisih milik petugas yang pergi.',
    handOverPins: 'Tanda tangan dengan PIN',
    arriving: 'Petugas yang datang',
    chooseArriving: 'Pilih petugas',
    noOther: 'Tidak ada petugas lain di gerai ini.',
    pinOf: (name: string): string => `PIN ${name}`,
    handOverSave: 'Serahkan laci',
    handedOver: 'Laci sudah diserahkan',
    handedTo: (name: string): string => `Laci dan sesi kas sekarang milik ${name}.`,
    handOverNumber: 'Nomor serah terima',
    nextFloat: 'Modal awal sesi baru',
    nextCarried: 'Uang pajak titipan',
    handOverPrinted: 'Slip dengan kedua nama sedang dicetak.',
    handOverNotPrinted: 'Slip belum dapat dicetak; cetak lagi dari Sesi Kas.',

    typedTotal: 'Total yang Anda catat (boleh kosong)',
    questionTitle: 'Periksa hitungan ini',
    asItIs: 'Simpan apa adanya',
    lookAgain: 'Periksa lagi',

    lastFloat: 'Sama seperti modal terakhir',
    slip: 'Slip tutup kas',
    slipTitle: 'Cetak slip tutup kas',
    slipWhy: 'Slip berikutnya bertanda SALINAN, dengan alasan ini.',
    slipReasonExample: 'kertas pertama sobek',
    slipPrint: 'Cetak salinan',
    slipAgain: 'Cetak slip lagi',
    slipAgainOf: (what: string): string => `Salinan slip: ${what}`,
    slipA4: 'Simpan PDF A4',
    slipMade: (copyNo: number): string => `SALINAN ${String(copyNo)} dikirim ke pencetak.`,
    slipPrinted: 'Slip tutup kas sedang dicetak.',
    slipNotPrinted: 'Slip tutup kas belum dapat dicetak; cetak lagi dari sini.',
  },
  ENGLISH.DRAWER_TEXT,
);

/** The word of an event, or undefined for one that this screen does not tell. */
export function eventName(type: string): string | undefined {
  const names: Readonly<Record<string, string>> = DRAWER_TEXT.eventNames;
  return Object.hasOwn(names, type) ? names[type] : undefined;
}

/** What stands beside an event: minutes of a pause, the reason of a refusal, else the note as it is. */
export function eventNote(type: string, note: string): string {
  if (type === 'cash-session.resumed') return DRAWER_TEXT.minutes(note);
  const reasons: Readonly<Record<string, string>> = DRAWER_TEXT.refusedNames;
  return type === 'cash.refused-by-bank' && Object.hasOwn(reasons, note) ? (reasons[note] ?? note) : note;
}
