import type { FraudSignal, SignalFigure } from '../domain/signal.ts';
import { formatRupiah, rupiah } from '../domain/rupiah.ts';
import type { SignalKind } from '../domain/signal-policy.ts';

/** Names of what is worth a look; every report and screen says the same. */
export const SIGNAL_NAMES: Readonly<Record<SignalKind, string>> = {
  'sold-again-lower': 'Dibatalkan, lalu dijual lebih rendah',
  'booked-otherwise': 'Dibukukan lain dari yang dibayar',
  'cash-age': 'Uang belum disetor',
  'deposit-twice': 'Bukti setor dipakai lebih dari sekali',
  'void-after-leaving': 'Batal setelah wajib pajak pergi',
  'void-rate': 'Banyak pembatalan',
  reprints: 'Banyak cetak ulang',
  'below-cap': 'Jumlah tepat di bawah batas',
  'lookups-without-sale': 'Data dibuka tanpa layanan',
  'clock-changed': 'Jam komputer berubah',
};

const money = (value: number): string => formatRupiah(rupiah(value));

const SENTENCES: Readonly<Record<SignalKind, (of: (name: SignalFigure['name']) => number) => string>> = {
  'sold-again-lower': (of) =>
    `Dibayar ${money(of('before'))}, dibatalkan, lalu kendaraan dan masa yang sama dibayar ${money(of('after'))}, lebih rendah ${money(of('difference'))}. Bisa salah ketik yang dibetulkan; bandingkan kedua kertasnya.`,
  'booked-otherwise': (of) =>
    `Loket menerima ${money(of('taken'))}, Bapenda membukukan ${money(of('booked'))}. Bisa data kendaraan yang berubah; tanyakan siapa yang mengubah dan kapan.`,
  'cash-age': (of) =>
    `${money(of('amount'))} lewat batas setor ${String(of('days'))} hari; ${String(of('papers'))} wajib pajak sudah memegang bukti bayar. Bisa bank tutup; lihat uangnya.`,
  'deposit-twice': (of) =>
    `Satu bukti setor dicatat ${String(of('times'))} kali, jumlah ${money(of('amount'))}. Bisa salah ketik nomor; minta slip aslinya.`,
  'void-after-leaving': (of) =>
    `Dibatalkan ${String(of('minutes'))} menit setelah kertasnya dicetak. Bisa wajib pajak kembali; tanyakan kepadanya.`,
  'void-rate': (of) =>
    `${String(of('cases'))} dari ${String(of('of'))} layanan dibatalkan. Bisa petugas baru yang belajar.`,
  reprints: (of) =>
    `${String(of('cases'))} dari ${String(of('of'))} kuitansi dicetak lebih dari sekali. Bisa pencetak yang rewel.`,
  'below-cap': (of) =>
    `${String(of('cases'))} layanan berjumlah tepat di bawah batas ${money(of('cap'))}. Bisa kebetulan jenis kendaraan.`,
  'lookups-without-sale': (of) =>
    `Pemilik diperlihatkan ${String(of('of'))} kali, ${String(of('cases'))} tanpa layanan dan tanpa cetak rincian. Bisa yang hanya bertanya.`,
  'clock-changed': (of) =>
    `Jam komputer tidak dapat dipercaya ${String(of('times'))} kali pada ${String(of('days'))} hari. Bisa baterai jam yang habis.`,
};

/** A signal in one or two sentences: what the entries say, and what it may well be. Never an accusation. */
export function signalSentence({ kind, level, figures }: FraudSignal): string {
  const sentence = SENTENCES[kind]((name) => figures.find((one) => one.name === name)?.value ?? 0);
  return level === 'few' ? `${sentence} Contohnya terlalu sedikit untuk disimpulkan.` : sentence;
}
