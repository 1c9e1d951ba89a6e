import type { PaymentView } from '../../contract/views-payments.ts';
import type { GuardFact } from '../../contract/views-vehicle.ts';
import { assertNever } from '../../domain/result.ts';
import { count, day, money, shortDay, time } from './format.ts';

/** Paying: several vehicles of one payer, QRIS and transfer, and what is known of an earlier payment. */
export const PAYMENT_TEXT = {
  rounding: 'Pembulatan',
  agentFee: 'Biaya agen',
  agentFeeTo: (name: string): string => `Biaya agen untuk ${name}`,
  noFee: 'tanpa biaya tambahan',
  itIsTrue: (amount: number): string => `Ya, memang ${money(amount)}`,
  noChange: 'Kembalian tidak tersedia',
  noChangeDone: 'Dicatat: kembalian tidak tersedia. Kembalikan uangnya; tidak ada yang terjual.',
  addVehicle: 'Tambah kendaraan',
  addToBasket: 'Masukkan ke gabungan',
  basket: 'Gabungan satu pembayar',
  inBasket: (vehicles: number, sum: number): string => `Sudah digabung: ${count(vehicles)} kendaraan, ${money(sum)}`,
  basketTotal: (vehicles: number): string => `Total ${count(vehicles)} kendaraan`,
  basketHint: 'Ketik nomor polisi kendaraan berikutnya, atau terima uang untuk semuanya.',
  basketAlone: 'Baru satu kendaraan. Ketik nomor polisi kendaraan berikutnya.',
  takeOut: 'Keluarkan',
  takeOutOf: (nrkb: string): string => `Keluarkan ${nrkb} dari gabungan`,
  takeAll: 'Terima uang untuk semua',
  cannotSell: 'tidak dapat dibayar',
  paidOf: (paid: number, of: number): string => `${count(paid)} dari ${count(of)} sudah dibayar`,
  taken: 'Sudah terjual',
  giveBack: 'Dikembalikan bila dihentikan',
  resume: 'Lanjutkan sisanya',
  stop: 'Hentikan dan kembalikan sisanya',
  stopped: (amount: number): string => `Dihentikan. Kembalikan ${money(amount)} kepada pembayar.`,
  basketPaid: 'Semua kendaraan sudah dibayar dan tersimpan',
  qris: 'QRIS',
  meansTitle: 'Bayar lewat QRIS atau transfer',
  exact: 'Dibayar tepat sampai rupiahnya, tanpa pembulatan',
  askQris: 'Tampilkan QRIS',
  askTransfer: 'Nomor rekening transfer',
  scan: 'Pindai dengan aplikasi bank atau dompet digital',
  transferTo: 'Transfer tepat sejumlah ini ke',
  notProof: 'Tangkapan layar bukan bukti; hanya jawaban penyedia yang dihitung.',
  left: (ms: number): string => {
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    return `sisa ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  },
  over: 'waktunya habis; tanyakan ke penyedia',
  askAgain: 'Tanyakan ke penyedia',
  cancel: 'Batalkan pembayaran ini',
  close: 'Tutup',
  seePayment: 'Lihat pembayarannya',
  openTitle: 'QRIS dan transfer yang perlu dilihat',
  paidTwiceNext: 'Uangnya ada pada penyedia dan kembali lewat Bapenda. Kasusnya ada di Perlu Tindakan.',
  release: 'Lepaskan',
  releaseReason: 'Alasan melepaskan',
  releaseHint: 'Warga boleh membayar dengan cara lain. Jika uangnya kemudian masuk, itu dikembalikan.',
  whyPrint: 'Cetak untuk warga',
  whyPrinted: 'Penjelasan dikirim ke printer. Bukan bukti bayar.',
} as const;

/** How a citizen pays, in words. */
export function meansText(means: 'cash' | 'qris' | 'transfer'): string {
  switch (means) {
    case 'cash':
      return 'Tunai';
    case 'qris':
      return 'QRIS';
    case 'transfer':
      return 'Transfer';
    default:
      return assertNever(means);
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  failed: 'ditolak penyedia',
  cancelled: 'dibatalkan',
  expired: 'waktunya habis',
  'not-known': 'tidak pernah sampai ke penyedia',
};

/** Where a payment stands, for the officer and the citizen in front of him. */
export function paymentStateText({ state, outcome }: Pick<PaymentView, 'state' | 'outcome'>): string {
  switch (state) {
    case 'unknown':
      return 'Belum pasti: penyedia tidak menjawab. Jangan menagih lagi.';
    case 'pending':
      return 'Menunggu pembayaran';
    case 'confirmed':
      return 'Uang sudah masuk; transaksinya sedang disimpan';
    case 'sold':
      return 'Lunas';
    case 'failed':
      return `Tidak ada uang masuk: ${OUTCOMES[outcome ?? ''] ?? 'ditolak penyedia'}`;
    case 'released':
      return 'Dilepaskan pengawas; boleh dibayar dengan cara lain';
    case 'paid-twice':
      return 'Uang masuk dua kali: menjadi kasus pengembalian';
    default:
      return assertNever(state);
  }
}

const dayOf = ({ on }: GuardFact): string => (on === null ? '' : ` ${day(on)}`);
const byWhom = ({ by }: GuardFact): string => (by === null ? '' : `, ${by}`);

/** What is known about an earlier payment, each fact with since when; never a promise. */
export function guardText(fact: GuardFact): string {
  switch (fact.source) {
    case 'province':
      return fact.isPaid
        ? `Bapenda: tercatat lunas${dayOf(fact)}${byWhom(fact)}`
        : `Bapenda: belum tercatat lunas${fact.at === null ? '' : `, jawaban pukul ${time(fact.at)}`}`;
    case 'here':
      return `Loket ini: tercatat lunas${dayOf(fact)}${byWhom(fact)}`;
    case 'decision':
      return `Keputusan Bapenda${fact.at === null ? '' : ` pukul ${time(fact.at)}`}: ada untuk struk ${fact.by ?? ''}`;
    case 'registry':
      return fact.isPaid
        ? `Data kendaraan: tercatat lunas${fact.on === null ? '' : `, data ${shortDay(fact.on)}`}`
        : `Belum tercatat lunas${fact.on === null ? '' : `, data ${shortDay(fact.on)}`}`;
    default:
      return assertNever(fact.source);
  }
}
