import type { VehicleCard } from '../../contract/views-vehicle.ts';
import type { PrintJobView } from '../../contract/views-transaction.ts';
import { daysBetween, type LocalDate } from '../../domain/local-date.ts';
import { assertNever } from '../../domain/result.ts';
import { ageInDays, count, day, money, shortDay, time } from './format.ts';
import { kindText } from './vehicle-text.ts';
import * as ENGLISH from './en/service-text.ts';
import type { ErrorSentences } from './error-facts.ts';
import { inLanguage } from './language.ts';

const BLANK_REASONS: readonly string[] = ['Tidak punya telepon', 'Tidak bersedia memberi nomor', 'Nomor tidak diingat'];

/** Layanan: the whole transaction on one screen. */
export const SERVICE_TEXT = inLanguage(
  {
    vehicle: 'Kendaraan',
    documents: 'Berkas',
    estimate: 'Perkiraan tagihan',
    bill: 'Penetapan',
    payment: 'Pembayaran',
    plate: 'Nomor Polisi, akhir rangka, atau NIK',
    platePlaceholder: 'misalnya AG 4321 ED',
    slashedLetter: 'Ø',
    slashedO: 'Huruf Ø (ketik O lalu garis miring)',
    candidates: (found: number): string => `${count(found)} kendaraan cocok; panah memilih, Enter melanjutkan`,
    tail: 'Lima akhir nomor rangka (di STNK)',
    tailHint: 'Nama pemilik baru tampil setelah cocok.',
    triesLeft: (left: number): string => `sisa ${left} percobaan`,
    owner: 'Nama pemilik',
    compare: 'Cocokkan dengan KTP',
    district: 'Wilayah',
    held: (plate: string): string => `Layanan ${plate} masih terbuka; Esc kembali ke sana.`,
    nik: 'NIK',
    chassis: 'Nomor rangka',
    due: 'Jatuh Tempo',
    dataOn: (date: LocalDate, today: LocalDate): string =>
      `data per ${shortDay(date)}, ${ageInDays(daysBetween(date, today))}`,
    paidHere: (date: LocalDate, number: string): string => `Sudah dibayar di loket ini ${day(date)}, struk ${number}.`,
    resumed: 'Layanan yang belum selesai dilanjutkan.',
    abandon: 'Batalkan',
    waitingForVehicle: 'Ketik nomor polisi untuk mulai.',
    waitingForTail: 'Jumlah tampil setelah nomor rangka cocok.',
    why: 'mengapa',
    quote: 'Cetak rincian',
    quoteDone: 'Rincian dikirim ke printer. Bukan bukti bayar.',
    owed: 'Pajak dan iuran',
    total: 'Total',
    rounding: 'Pembulatan tunai',
    agentFee: 'Biaya layanan',
    noFee: 'tanpa biaya tambahan',
    payer: 'Pembayar',
    payerIsOwner: 'Pemilik sendiri',
    payerName: 'Nama pembayar',
    payerPhone: 'Nomor telepon',
    blankReason: 'Alasan dikosongkan',
    blankReasons: BLANK_REASONS,
    received: 'Uang diterima',
    exact: 'Uang pas',
    change: 'Kembalian',
    short: (missing: number): string => `Kurang ${money(missing)}`,
    takeCash: 'Terima uang',
    saving: 'Menyimpan',
    intake: 'Titip berkas dan cetak bukti kedatangan',
    unknownVehicle:
      'Kendaraan ini tidak ada di data loket, jadi jumlahnya tidak dapat dihitung. Kedatangannya dapat dicatat agar denda tidak bertambah.',
    notPossible: 'Tidak ada uang yang diambil untuk kendaraan ini.',
    paidTitle: 'Uang sudah diterima dan tersimpan',
    intakeTitle: 'Berkas sudah dititipkan dan tersimpan',
    number: 'Nomor',
    noSecondCopy: 'Salinan kedua belum tertulis; transaksi tersimpan di komputer ini. Pasang flashdisk cadangan.',
    next: 'Ketik nomor polisi berikutnya.',
    printAgain: 'Cetak lagi',
    reprintReason: 'Kertas tidak keluar',
    printSecond: (printer: string): string => `Cetak di ${printer}`,
    cameOut: 'Keluar',
    didNotComeOut: 'Tidak, cetak lagi',
    didItComeOut: (trouble: string, number: string): string =>
      `${trouble} Transaksi ${number} sudah tersimpan dan akan dikirim. Periksa kertas. Apakah struk keluar?`,
    printFailed: ({ what, next }: Pick<ErrorSentences, 'what' | 'next'>): string =>
      `${what} Transaksi sudah tersimpan dan akan dikirim. ${next}`,
    lastReceipts: 'Lima struk terakhir',
    lastReceiptsNone: 'Belum ada struk hari ini.',
    goToCash: 'Ke Sesi Kas',
    goToHistory: 'Lihat di Riwayat',
    groups: 'Keringanan',
    billUntil: (atMs: number): string => `Penetapan Bapenda, berlaku sampai ${time(atMs)}`,
    billDiffers: (difference: number): string =>
      `Berbeda ${money(Math.abs(difference))} dari hitungan loket; yang berlaku penetapan Bapenda.`,
    waivedTotal: (amount: number): string => `Keringanan ${money(amount)}`,
    arrivedOn: (date: LocalDate): string => `Denda dihitung dari kedatangan ${day(date)}`,
    stillPossible: 'Yang masih dapat dilakukan',
  },
  ENGLISH.SERVICE_TEXT,
);

/** Make and model on one line, the rest on the other. */
export function vehicleLines(vehicle: VehicleCard): Readonly<{ name: string; rest: string }> {
  const engine = vehicle.engineCc === null || vehicle.engineCc === 0 ? [] : [`${count(vehicle.engineCc)} cc`];
  return {
    name: `${vehicle.make} ${vehicle.model}`,
    rest: [kindText(vehicle.kind), String(vehicle.yearMade), ...engine, vehicle.colour.toLowerCase()].join(', '),
  };
}

/** `6 hari lagi`, `hari ini`, `lewat 12 hari`: the due date against today. */
export function dueSentence(dueOn: LocalDate, today: LocalDate): string {
  const late = daysBetween(dueOn, today);
  if (late === 0) return inLanguage('hari ini', 'today');
  return late > 0
    ? inLanguage(`lewat ${count(late)} hari`, `${count(late)} days past`)
    : inLanguage(`${count(-late)} hari lagi`, `in ${count(-late)} days`);
}

/** State of a paper in words. */
export function printStateText(state: PrintJobView['state']): string {
  switch (state) {
    case 'waiting':
      return inLanguage('menunggu printer', 'waiting for the printer');
    case 'printing':
      return inLanguage('sedang mencetak', 'printing');
    case 'printed':
      return inLanguage('tercetak', 'printed');
    case 'failed':
      return inLanguage('printer tidak mencetak', 'the printer did not print');
    case 'unknown':
      return inLanguage('belum pasti keluar', 'not certain that it came out');
    default:
      return assertNever(state);
  }
}
