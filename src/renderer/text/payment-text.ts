import type { PaymentView } from '../../contract/views-payments.ts';
import type { GuardFact } from '../../contract/views-vehicle.ts';
import { assertNever } from '../../domain/result.ts';
import { count, day, money, shortDay, time } from './format.ts';
import * as ENGLISH from './en/payment-text.ts';
import { inLanguage } from './language.ts';

/** Paying: several vehicles of one payer, QRIS and transfer, and what is known of an earlier payment. */
export const PAYMENT_TEXT = inLanguage(
  {
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
  },
  ENGLISH.PAYMENT_TEXT,
);

/** How a citizen pays, in words. */
export function meansText(means: 'cash' | 'qris' | 'transfer'): string {
  switch (means) {
    case 'cash':
      return inLanguage('Tunai', 'Cash');
    case 'qris':
      return 'QRIS';
    case 'transfer':
      return 'Transfer';
    default:
      return assertNever(means);
  }
}

const OUTCOMES: Readonly<Record<string, string>> = inLanguage(
  {
    failed: 'ditolak penyedia',
    cancelled: 'dibatalkan',
    expired: 'waktunya habis',
    'not-known': 'tidak pernah sampai ke penyedia',
  },
  ENGLISH.OUTCOMES,
);

/** Where a payment stands, for the officer and the citizen in front of him. */
export function paymentStateText({ state, outcome }: Pick<PaymentView, 'state' | 'outcome'>): string {
  switch (state) {
    case 'unknown':
      return inLanguage(
        'Belum pasti: penyedia tidak menjawab. Jangan menagih lagi.',
        'Not certain: the provider does not answer. Do not collect again.',
      );
    case 'pending':
      return inLanguage('Menunggu pembayaran', 'Waiting for the payment');
    case 'confirmed':
      return inLanguage(
        'Uang sudah masuk; transaksinya sedang disimpan',
        'The money came; the transaction is being kept',
      );
    case 'sold':
      return inLanguage('Lunas', 'Paid');
    case 'failed':
      return inLanguage(
        `Tidak ada uang masuk: ${OUTCOMES[outcome ?? ''] ?? 'ditolak penyedia'}`,
        `No money came: ${OUTCOMES[outcome ?? ''] ?? 'refused by the provider'}`,
      );
    case 'released':
      return inLanguage(
        'Dilepaskan pengawas; boleh dibayar dengan cara lain',
        'Released by a supervisor; may be paid in another way',
      );
    case 'paid-twice':
      return inLanguage('Uang masuk dua kali: menjadi kasus pengembalian', 'Money came twice: a case of refund');
    default:
      return assertNever(state);
  }
}

const dayOf = ({ on }: GuardFact): string => (on === null ? '' : ` ${day(on)}`);
const asOf = ({ on }: GuardFact): string => (on === null ? '' : `, data ${shortDay(on)}`);
const PAID = inLanguage('tercatat lunas', 'recorded as paid');
const UNPAID = inLanguage('belum tercatat lunas', 'not recorded as paid');
const byWhom = ({ by }: GuardFact): string => (by === null ? '' : `, ${by}`);

/** What is known about an earlier payment, each fact with since when; never a promise. */
export function guardText(fact: GuardFact): string {
  switch (fact.source) {
    case 'province':
      return fact.isPaid
        ? `Bapenda: ${PAID}${dayOf(fact)}${byWhom(fact)}`
        : `Bapenda: ${UNPAID}${fact.at === null ? '' : inLanguage(`, jawaban pukul ${time(fact.at)}`, `, answered at ${time(fact.at)}`)}`;
    case 'here':
      return `${inLanguage('Loket ini', 'This counter')}: ${PAID}${dayOf(fact)}${byWhom(fact)}`;
    case 'decision':
      return inLanguage(
        `Keputusan Bapenda${fact.at === null ? '' : ` pukul ${time(fact.at)}`}: ada untuk struk ${fact.by ?? ''}`,
        `Decision of Bapenda${fact.at === null ? '' : ` at ${time(fact.at)}`}: there is one for receipt ${fact.by ?? ''}`,
      );
    case 'registry':
      return fact.isPaid
        ? `${inLanguage('Data kendaraan', 'Vehicle data')}: ${PAID}${asOf(fact)}`
        : `${UNPAID.charAt(0).toUpperCase()}${UNPAID.slice(1)}${asOf(fact)}`;
    default:
      return assertNever(fact.source);
  }
}
