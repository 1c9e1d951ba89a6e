import { assertNever } from '../../../domain/result.ts';
import type { ChargeComponent } from '../../../domain/charge.ts';
import { formatLocalDate, localDateAt } from '../../../domain/local-date.ts';
import type { TimeTrust } from '../../../contract/primitives.ts';

/** Every word that the papers print; screens have their own in the renderer. */
export const PAPER_TEXT = {
  receiptTitle: 'TANDA TERIMA SEMENTARA (TTS)',
  quoteTitle: 'RINCIAN PERKIRAAN',
  quoteTitleBill: 'RINCIAN PENETAPAN',
  arrivalTitle: 'BUKTI KEDATANGAN',
  finalTitle: 'BUKTI PELUNASAN (TBPKP)',
  testTitle: 'UJI CETAK',
  notProof: 'BUKAN BUKTI BAYAR',
  training: 'LATIHAN',
  trainingNote: 'bukan bukti bayar',
  copy: (n: number): string => `SALINAN ${n}`,
  copyReason: 'Alasan salinan',
  copiedAt: 'Disalin',
  copiedBy: 'Penyalin',

  number: 'Nomor',
  finalNumber: 'Nomor TBPKP',
  issuedOn: 'Tanggal TBPKP',
  settles: 'Untuk TTS',
  vehicle: 'Kendaraan',
  caption: (dueOn: string): string => `Jatuh tempo ${dueOn}`,
  principal: 'Pokok',
  fine: 'Sanksi',
  amount: 'Jumlah',
  total: 'Jumlah tagihan',
  agentFee: 'Biaya agen',
  agentFeeTo: (name: string): string => `Biaya agen untuk ${name}`,
  rounding: 'Pembulatan',
  payable: 'BAYAR',
  quotePayable: 'TUNAI',
  tendered: 'Uang diterima',
  change: 'Kembalian',
  means: 'Cara bayar',
  meansNames: { cash: 'Tunai', qris: 'QRIS', transfer: 'Transfer bank' },
  provider: 'Penyedia',
  providerReference: 'Nomor penyedia',
  receivedByProvider:
    'Uang Anda sudah diterima penyedia pembayaran. Bukti pelunasan (TBPKP) menyusul setelah dibukukan Bapenda; simpan kertas ini.',
  basket: (place: number, of: number): string => `Dibayar bersama: kendaraan ${place} dari ${of}`,
  basketTendered: 'Uang bersama',
  whyTitle: 'MENGAPA JUMLAHNYA SEKIAN',
  whyOf: 'Untuk TTS',
  whyPeriod: (dueOn: string, name: string): string => `Jatuh tempo ${dueOn}, untuk ${name}`,
  whyRule: (basis: string, rule: string): string => `Dasar: ${basis} (aturan ${rule})`,
  whyWaived: (amount: string): string => `Dibebaskan ${amount}.`,
  whyNoFacts: 'Rincian hitungan tidak tersedia di loket ini; jumlahnya menurut tanda terima.',
  whyShares: 'Pembagian',
  components: {
    pkb: 'PKB',
    pkbFine: 'Sanksi PKB',
    opsenPkb: 'Opsen PKB',
    opsenPkbFine: 'Sanksi opsen',
    swdkllj: 'SWDKLLJ',
    swdklljFine: 'Denda SWDKLLJ',
    subscriptionParking: 'Parkir berlangganan',
  },
  officer: 'Petugas',
  time: 'Waktu',
  hash: 'Kode jejak',
  arrivedOn: 'Tiba pada',
  perkiraan: 'Jumlah menurut perkiraan gerai; Bapenda menetapkan.',
  penetapan: 'Jumlah menurut penetapan Bapenda.',
  validFor: (day: string): string => `Jumlah ini berlaku untuk pembayaran tanggal ${day}.`,
  noSale: 'Belum ada uang yang diterima. Nomor tanda terima belum ada.',

  received:
    'Uang Anda sudah kami terima. Bukti pelunasan (TBPKP) menyusul setelah dibukukan Bapenda; simpan kertas ini.',
  check: (host: string): string =>
    `Periksa keaslian: pindai QR ini dengan kamera ponsel, atau buka ${host}/t. Bisa tanpa jaringan bila halaman itu pernah disimpan.`,
  privacy: 'Data Anda dipakai hanya untuk layanan ini (UU 27/2022).',
  complaint: (phone: string): string => `Pengaduan: ${phone === '' ? 'petugas gerai ini' : phone}`,
  noFee: 'tanpa biaya tambahan',
  arrived:
    'Anda datang dan berkas Anda kami catat pada tanggal di atas. Belum ada uang yang diterima. Tanggal ini dipakai untuk menghitung sanksi, bukan tanggal pembayaran nanti.',
  callBack: 'Kami menghubungi Anda bila koneksi kembali. Simpan kertas ini.',
  handOverTitle: 'BUKTI SERAH TERIMA BERKAS',
  handOverOf: 'Untuk',
  handOverNumber: 'Nomor terkait',
  handedOverOn: 'Diserahkan',
  papersHanded: 'Berkas asli yang diserahkan:',
  takenBy: 'Diambil oleh',
  takers: { owner: 'Pemilik', representative: 'Wakil pemilik', agency: 'Instansi tujuan' },
  evidence: 'Dasar',
  checkPapers: 'Periksa kelengkapan berkas sebelum menandatangani.',
  giverSigns: 'Yang menyerahkan (petugas):',
  takerSigns: 'Yang menerima (nama jelas dan tanda tangan):',
  signature: '. . . . . . . . . . . . . . . .',
  ticketTitle: 'NOMOR ANTREAN',
  ticketDay: 'Tanggal',
  ticketToday: 'Dilayani menurut urutan pada tanggal di atas. Nomor ini bukan bukti bayar.',
  ticketOutage:
    'Layanan sedang terputus. Nomor ini tetap berlaku pada hari berikutnya: Anda didahulukan menurut waktu di atas.',
  ticketArrived: (day: string): string => `Urutan Anda dihitung dari kedatangan ${day}.`,
  voidTitle: 'BUKTI PEMBATALAN',
  voidNumber: 'Nomor pembatalan',
  voids: 'Membatalkan TTS',
  returned: 'UANG KEMBALI',
  voidReason: 'Alasan',
  approvedBy: 'Disetujui',
  voidMeans:
    'Pembayaran ini dibatalkan sebelum dikirim ke Bapenda. Uang dikembalikan penuh; tanda terima yang lama tidak berlaku.',
  payerSigns: 'Yang menerima uang kembali:',
  approverSigns: 'Yang menyetujui (pengawas):',
  booked: 'Pembayaran sudah dibukukan Bapenda. Dokumen asli dapat dibuka lewat QR ini.',
  ruler: 'Penggaris: garis terpanjang yang masih utuh satu baris menunjukkan lebar kertas. Ketik angkanya di loket.',
  plateTest: 'Huruf dan angka harus tercetak utuh, juga O bergaris:',
  sampleText: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 Rp1.250.000.000',
  qrTest: 'QR harus terbaca oleh kamera ponsel.',
} as const;

/** A row of the amounts on paper: principal and what is charged for lateness stand side by side. */
export const CHARGE_PAIRS: readonly {
  readonly label: string;
  readonly principal: ChargeComponent;
  readonly fine: ChargeComponent | null;
}[] = [
  { label: 'PKB', principal: 'pkb', fine: 'pkbFine' },
  { label: 'Opsen PKB', principal: 'opsenPkb', fine: 'opsenPkbFine' },
  { label: 'SWDKLLJ', principal: 'swdkllj', fine: 'swdklljFine' },
  { label: 'Parkir', principal: 'subscriptionParking', fine: null },
];

/** How far the printed time can be believed, in words (OPOP-Sync/1 8.2). */
export function trustWords(trust: TimeTrust): string {
  switch (trust) {
    case 'anchored':
      return 'waktu cocok dengan Bapenda';
    case 'rtc':
      return 'waktu menurut jam komputer gerai';
    case 'clamped':
      return 'waktu diperkirakan dari catatan terakhir';
    case 'suspect':
      return 'waktu belum pasti, diperiksa Bapenda';
    default:
      return assertNever(trust);
  }
}

const HOUR_MS = 3_600_000;
const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** `21 Nov 2026 10.41 WIB` of an instant in ms UTC. */
export function paperTime(epochMs: number): string {
  const ofDay = (((epochMs + 7 * HOUR_MS) % (24 * HOUR_MS)) + 24 * HOUR_MS) % (24 * HOUR_MS);
  const hours = Math.floor(ofDay / HOUR_MS);
  const minutes = Math.floor((ofDay % HOUR_MS) / 60_000);
  return `${formatLocalDate(localDateAt(epochMs))} ${twoDigits(hours)}.${twoDigits(minutes)} WIB`;
}
