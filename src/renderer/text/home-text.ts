import { count, shortMoney } from './format.ts';
import * as ENGLISH from './en/home-text.ts';
import { inLanguage } from './language.ts';

/** Beranda. */
export const HOME_TEXT = inLanguage(
  {
    title: 'Hari ini',
    served: 'Layanan selesai',
    taken: 'Uang diterima',
    /** Rounded down while the drawer is still to be counted blind. */
    takenRough: (amount: number): string => (amount === 0 ? 'kurang dari Rp100 rb' : `Rp${shortMoney(amount)} lebih`),
    waiting: 'Menunggu dikirim',
    booked: 'Dibukukan Bapenda',
    chart: 'Layanan per jam',
    chartEmpty: 'Belum ada layanan hari ini.',
    chartValue: 'Layanan',
    hour: (hour: number): string => `${String(hour).padStart(2, '0')}.00`,
    hourSentence: (hour: number, services: number): string =>
      `${String(hour).padStart(2, '0')}.00: ${count(services)} layanan`,
    needs: 'Perlu tindakan',
    needsNone: 'Tidak ada yang perlu ditangani.',
    needsSome: (cases: number): string => `${count(cases)} kasus menunggu seseorang.`,
    waits: 'Menunggu',
    waitsNone: 'Semua transaksi sudah diterima Bapenda.',
    waitsSome: (items: number): string => `${count(items)} kiriman uang, dikirim sendiri begitu ada koneksi.`,
    deposit: 'Setoran berikutnya',
    depositNone: 'Tidak ada kas yang perlu disetor.',
    depositSome: (amount: string): string => `${amount} kas belum disetor.`,
    unknownPrints: (papers: number): string => `${count(papers)} cetakan belum pasti keluar.`,
    last: 'Struk terakhir',
    lastNone: 'Belum ada struk hari ini.',
    open: 'Buka',
    start: 'Mulai layanan',
    openSession: 'Buka sesi kas',
  },
  ENGLISH.HOME_TEXT,
);
