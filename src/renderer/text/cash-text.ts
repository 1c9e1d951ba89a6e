import { count, dateTime, day, money, time } from './format.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import * as ENGLISH from './en/cash-text.ts';
import { inLanguage } from './language.ts';

/** Sesi Kas. */
export const CASH_TEXT = inLanguage(
  {
    title: 'Sesi Kas',
    open: 'Buka sesi kas',
    openWhy: 'Hitung uang kembalian di laci, lalu buka sesi. Hitungan ini menjadi modal awal sesi.',
    floatTotal: 'Modal awal',
    zeroFloat: 'Laci kosong: sesi dibuka dengan modal Rp0.',
    more: (label: string): string => `Tambah satu ${label}`,
    fewer: (label: string): string => `Kurangi satu ${label}`,
    countOf: (label: string): string => `Jumlah ${label}`,
    keysHint: 'Panah atas dan bawah berpindah pecahan, + dan - menambah dan mengurangi',
    state: 'Sesi yang berjalan',
    opened: 'Dibuka',
    openedBy: (name: string, atMs: number): string => `${name}, ${dateTime(atMs)}`,
    sales: 'Layanan dibayar',
    undeposited: 'Kas belum disetor',
    cap: 'batas',
    serve: 'Mulai layanan',
    notOfficer: 'Hanya petugas yang membuka sesi kas.',
    states: {
      open: 'terbuka',
      counted: 'sudah dihitung',
      closed: 'ditutup',
      deposited: 'disetor',
      reconciled: 'dicocokkan',
      disputed: 'dipersoalkan',
    },
    change: 'Uang kembalian',
    changeTitle: 'Tambah atau kembalikan uang kembalian',
    changeWhy: 'Hanya modal milik koperasi. Uang pajak keluar dari laci lewat setoran, tidak lewat sini.',
    changeDirection: 'Arah uang',
    changeIn: 'Masuk ke laci',
    changeOut: 'Kembali ke koperasi',
    changeAmount: 'Jumlah',
    changeReasonExample: 'tukar uang kecil dengan koperasi',
    changeSave: 'Simpan',
    floatMoved: 'Modal masuk dan keluar',
    reason: 'Alasan',

    forgotten: 'Sesi kas yang belum ditutup',
    forgottenWhy: 'Hitung semua uang di laci bersama saksi. Jumlah yang seharusnya ada tampil setelah sesi ditutup.',
    forgottenCounted: (name: string): string =>
      `${name} sudah menghitung; hitungannya tetap berlaku. Sesi tinggal ditutup.`,
    forgottenReasonExample: 'petugas sakit, tidak masuk hari ini',
    forgottenOwn: 'Sesi ini dari hari yang sudah lewat. Hitung laci dan tutup sesinya sebelum melayani.',
    closeForgotten: 'Hitung dan tutup sesi',

    endOfDay: 'Selesai melayani? Hitung isi laci. Jumlah yang seharusnya ada tampil setelah hitungan disimpan.',
    otherOfficer: (name: string): string => `Sesi ini milik ${name}; ${name} yang menghitung dan menutupnya.`,

    count: 'Hitung laci',
    countWhy: 'Hitung semua uang di laci, modal awal juga. Jumlah yang seharusnya ada baru tampil sesudahnya.',
    countedTotal: 'Uang di laci',
    nothingTyped: 'Isi jumlah setiap pecahan; jika laci memang kosong, ketik 0 pada satu pecahan.',
    save: 'Simpan hitungan',
    saveFinal: 'Simpan hitungan (tidak bisa diubah lagi)',
    saveTitle: (total: number): string => `Simpan hitungan ${money(total)}?`,
    saveWhy: 'Setelah disimpan, jumlah yang seharusnya ada diperlihatkan dan hitungan ini tidak dapat diubah.',
    countAgain: 'Hitung lagi dulu',

    counted: 'Hitungan tersimpan',
    countedAt: (atMs: number): string => `Dihitung pukul ${time(atMs)}; tidak dapat diubah`,
    made: 'Hitungan Anda',
    expected: 'Seharusnya ada',
    variance: 'Selisih',
    varianceOf: (variance: number): string => {
      if (variance === 0) return 'Pas';
      return variance < 0 ? `Kurang ${money(-variance)}` : `Lebih ${money(variance)}`;
    },
    varianceWhy: (variance: number): string =>
      variance === 0
        ? 'Hitungan sama dengan catatan.'
        : 'Selisih dicatat apa adanya dan tidak dapat diubah. Sesi tetap dapat ditutup; di atas batas toleransi, pengawas menjelaskannya.',
    madeUpOf: 'Dari mana jumlah itu',
    salesTotal: 'Uang dari layanan',
    depositedTotal: 'Sudah disetor dari laci',
    close: 'Tutup sesi',
    closeWhy: 'Menutup sesi mengosongkan laci: modal awal kembali ke koperasi, sisanya masuk brankas untuk disetor.',

    closed: 'Sesi ditutup',
    closedAt: (atMs: number): string => `Ditutup ${dateTime(atMs)}`,
    toSafe: 'Masuk brankas, untuk disetor',
    floatReturned: 'Modal kembali ke koperasi',
    entries: 'Catatan',
    entriesOf: (first: number, last: number): string => `${count(first)} sampai ${count(last)}`,
    head: 'Kepala rantai',
    openNext: 'Buka sesi baru',

    lastSession: 'Sesi terakhir',
    lastSessionOf: (name: string, atMs: number, variance: string): string =>
      `${name}, ditutup ${dateTime(atMs)}. Selisih: ${variance}.`,
    deposits: 'Setoran terakhir',
    noDeposits: 'Belum ada setoran.',
    depositOf: (bank: string, slip: string, on: LocalDate): string => `${bank}, slip ${slip}, ${day(on)}`,
    depositWhy: 'Isi sesuai slip bank. Boleh kapan saja, juga tanpa koneksi dan di tengah hari.',
    from: 'Uang dari',
    fromDrawer: 'Laci',
    fromSafe: 'Brankas',
    amount: 'Jumlah disetor',
    amountWrong: 'Ketik jumlah rupiah penuh, misalnya 2.500.000 atau 2,5jt.',
    bank: 'Bank',
    defaultBank: 'Bank Jatim',
    slip: 'Nomor slip',
    depositedOn: 'Tanggal pada slip',
    saveDeposit: 'Simpan setoran',
    cancel: 'Batal',
    deposited: (amount: number): string => `Setoran ${money(amount)} tercatat.`,
  },
  ENGLISH.CASH_TEXT,
);
