import {
  dayInBrackets,
  type ErrorSentence,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  STILL_POSSIBLE,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import {
  amountChange,
  billReason,
  days,
  daysFact,
  earliest,
  indukReason,
  limitOf,
  missingDocuments,
  suggestion,
} from './selling-facts.ts';
import { blockReasonText, missingFactText } from './vehicle-text.ts';
import { SELLING_ERRORS as ENGLISH } from './en/error-text-selling.ts';
import { inLanguage } from './language.ts';

const INDONESIAN = {
  NRKB_INVALID: say(
    'Tulisan ini bukan nomor polisi.',
    UNCHANGED,
    'Ketik huruf wilayah, angka, lalu huruf belakang, misalnya AG 4321 ED.',
  ),
  NRKB_LOOKALIKE: (details) => ({
    what: `Tulisan "${textFact(details, 'found', '?')}" bukan di tempatnya: angka dan huruf yang mirip tertukar.`,
    safe: UNCHANGED,
    next: `Cocokkan dengan STNK lalu ketik tepat seperti tercetak${suggestion(details)}.`,
  }),
  NRKB_OTHER_PROVINCE: (details) => ({
    what: `Huruf wilayah ${textFact(details, 'area', 'ini')} bukan wilayah Jawa Timur.`,
    safe: NO_MONEY,
    next: 'Pajaknya dibayar di provinsi asal kendaraan, atau lewat aplikasi SIGNAL.',
  }),
  SEARCH_TOO_SHORT: say(
    'Ketikan terlalu pendek untuk dicari.',
    UNCHANGED,
    'Ketik nomor polisi lengkap, lima akhir nomor rangka, atau NIK.',
  ),
  VEHICLE_UNKNOWN: (details) => ({
    what: `Kendaraan tidak ada di data loket${dayInBrackets(details, 'dataOn', 'data per')}.`,
    safe: NO_MONEY,
    next: 'Cocokkan nomor dengan STNK. Jika sudah benar, kendaraan ini dilayani di Samsat Induk.',
  }),
  CHASSIS_TAIL_WRONG: (details) => {
    const left = numberFact(details, 'triesLeft');
    return {
      what: 'Lima akhir nomor rangka tidak cocok dengan kendaraan ini.',
      safe:
        left === undefined
          ? 'Data pemilik tidak ditampilkan.'
          : `Data pemilik tidak ditampilkan. Sisa ${left} percobaan.`,
      next: 'Baca lagi nomor rangka di STNK, lalu ketik lima huruf atau angka terakhir.',
    };
  },
  CHASSIS_TAIL_BLOCKED: say(
    'Nomor rangka tidak cocok beberapa kali, jadi kendaraan ini ditutup untuk layanan ini.',
    'Data pemilik tidak ditampilkan. Tidak ada uang yang diambil.',
    'Minta STNK asli; mulai lagi dari nomor polisi.',
  ),
  PAYABLE_AT_SAMSAT_INDUK: (details) => ({
    what: `Kendaraan ini harus dilayani di Samsat Induk: ${indukReason(details)}.`,
    safe: NO_MONEY,
    next: 'Berkas dapat dititipkan: F4.',
  }),
  RENEWAL_YEAR: (details) => ({
    what: `STNK kendaraan ini habis masa lima tahunnya${dayInBrackets(details, 'stnkValidUntil', 'berlaku sampai')}, jadi harus ganti STNK dan TNKB di Samsat Induk.`,
    safe: NO_MONEY,
    next: 'Arahkan ke Samsat Induk dengan membawa kendaraannya untuk cek fisik.',
  }),
  NOT_YET_PAYABLE: (details) => ({
    what: `Pajak kendaraan ini belum waktunya dibayar${dayInBrackets(details, 'dueOn', 'jatuh tempo')}.`,
    safe: NO_MONEY,
    next: earliest(details),
  }),
  BLOCKED: (details) => ({
    what: `Kendaraan ini diblokir: ${blockReasonText(textFact(details, 'reason', ''))}.`,
    safe: NO_MONEY,
    next: 'Blokir dibuka di Samsat Induk; sampaikan alasannya dengan baik.',
  }),
  DELETED_FROM_REGISTER: say(
    'Kendaraan ini sudah dihapus dari daftar registrasi.',
    NO_MONEY,
    'Tidak dapat dibayar di loket; arahkan ke Samsat Induk.',
  ),
  NO_RULES_FOR_DATE: (details) => ({
    what: `Tarif untuk ${daysFact(details, 'dates', 'masa pajak kendaraan ini')} tidak ada di loket ini.`,
    safe: NO_MONEY,
    next: 'Arahkan ke Samsat Induk, atau tunggu tarif datang saat ada koneksi.',
  }),
  VEHICLE_INCOMPLETE: (details) => ({
    what: `Data kendaraan belum lengkap: ${missingFactText(textFact(details, 'missing', ''))}.`,
    safe: NO_MONEY,
    next: 'Datanya dilengkapi di Samsat Induk; berkas dapat dititipkan.',
  }),
  TRANSACTION_UNKNOWN: say('Layanan ini tidak ditemukan di loket.', UNCHANGED, 'Mulai lagi dari nomor polisi.'),
  TRANSACTION_NOT_CONFIRMED: say(
    'Kendaraan belum dicocokkan dengan STNK.',
    NO_MONEY,
    'Isi lima akhir nomor rangka dulu.',
  ),
  TRANSACTION_CLOSED: say('Layanan ini sudah selesai.', UNCHANGED, 'Lihat di Riwayat, atau mulai layanan baru.'),
  ALREADY_PAID: say('Layanan ini sudah dibayar.', 'Pembayarannya tersimpan satu kali saja.', 'Lihat di Riwayat.'),
  ALREADY_PAID_HERE: (details) => ({
    what: `Kendaraan ini sudah dibayar di loket ini${dayInBrackets(details, 'paidOn', 'tanggal')}, struk ${textFact(details, 'receiptNumber', 'lihat Riwayat')}.`,
    safe: NO_MONEY,
    next: 'Cari di Riwayat (F3) dan cetak salinannya bila perlu.',
  }),
  ALREADY_PAID_ELSEWHERE: (details) => ({
    what: `Menurut Bapenda kendaraan ini sudah lunas di tempat lain${dayInBrackets(details, 'paidOn', 'tanggal')}.`,
    safe: NO_MONEY,
    next: 'Tunjukkan keterangan ini; bukti pelunasan diambil di tempat pembayarannya.',
  }),
  VOID_ALREADY_SENT: say(
    'Transaksi ini sudah mulai dikirim, jadi tidak dapat dibatalkan di loket.',
    `${UNCHANGED} Jangan kembalikan uangnya.`,
    'Ajukan permintaan pembatalan hari yang sama kepada pengawas wilayah.',
  ),
  VOID_OTHER_SESSION: say(
    'Transaksi ini dari sesi kas yang lain, jadi tidak dapat dibatalkan di sini.',
    `${UNCHANGED} Jangan kembalikan uangnya.`,
    'Ajukan permohonan pengembalian kepada pengawas wilayah.',
  ),
  ALREADY_VOIDED: say(
    'Transaksi ini sudah dibatalkan.',
    'Pembatalan yang pertama tetap berlaku; uangnya dikembalikan satu kali.',
    'Buka Riwayat untuk melihat nomor pembatalannya.',
  ),
  AMOUNT_CHANGED: (details) => ({
    what: `Jumlah tagihan berubah sejak ditampilkan${amountChange(details)}.`,
    safe: NO_MONEY,
    next: 'Sebutkan jumlah yang baru ke wajib pajak, lalu terima uangnya.',
  }),
  BILL_EXPIRED: say(
    'Masa berlaku penetapan Bapenda habis sebelum dibayar.',
    NO_MONEY,
    'Jumlahnya dihitung ulang; periksa lalu lanjutkan.',
  ),
  NOTHING_TO_PAY: say(
    'Tidak ada yang harus dibayar untuk kendaraan ini sekarang.',
    NO_MONEY,
    'Tidak ada yang perlu dilakukan di loket; jatuh tempo berikutnya tampil di kartu kendaraan.',
  ),
  BILL_REFUSED: (details) => ({
    what: `Bapenda tidak menerbitkan penetapan: ${billReason(details)}.`,
    safe: NO_MONEY,
    next: 'Sampaikan keterangan ini dan arahkan ke Samsat Induk.',
  }),
  DOCUMENTS_INCOMPLETE: (details) => ({
    what: `Berkas wajib belum lengkap${missingDocuments(details)}.`,
    safe: NO_MONEY,
    next: 'Centang berkas yang sudah Anda lihat (F4).',
  }),
  PAYER_MISSING: say('Nama dan nomor telepon pembayar belum diisi.', NO_MONEY, 'Isi, atau pilih alasan dikosongkan.'),
  INTAKE_ONLY: say(
    'Tanpa koneksi, loket ini hanya menerima berkas.',
    NO_MONEY,
    'Titip berkas dan cetak bukti kedatangan; tanggal kedatangan yang dihitung untuk denda.',
  ),
  RULES_STALE: (details) => ({
    what: `Tarif di loket ini terlalu lama${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Sambungkan ke Bapenda untuk tarif terbaru. ${STILL_POSSIBLE}`,
  }),
  RULES_MISSING: say('Belum ada tarif di loket ini.', NO_MONEY, `Sambungkan ke Bapenda sekali. ${STILL_POSSIBLE}`),
  RULES_UNSIGNED: say(
    'Tarif di loket ini tanpa tanda tangan Bapenda yang sah.',
    NO_MONEY,
    'Jangan dipakai; hubungi pengawas wilayah.',
  ),
  RULES_OVERLAP: say(
    'Dua tarif berlaku bersamaan untuk hari ini.',
    NO_MONEY,
    'Hubungi pengawas wilayah; Bapenda yang membetulkan.',
  ),
  REGISTRY_STALE: (details) => ({
    what: `Data kendaraan di loket ini terlalu lama${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Sambungkan ke Bapenda untuk data terbaru. ${STILL_POSSIBLE}`,
  }),
  CAP_PER_SALE: (details) => ({
    what: `Jumlah ini melebihi batas satu transaksi di loket ini${limitOf(details, true)}.`,
    safe: NO_MONEY,
    next: `Arahkan ke Samsat Induk. ${STILL_POSSIBLE}`,
  }),
  CAP_CASH_IN_DRAWER: (details) => ({
    what: `Dengan jumlah ini kas belum disetor melewati batas${limitOf(details, true)}.`,
    safe: NO_MONEY,
    next: `Setor dulu ke bank, lalu lanjutkan. ${STILL_POSSIBLE}`,
  }),
  CAP_UNSENT: (details) => ({
    what: `Transaksi yang menunggu dikirim mencapai batas${limitOf(details, false)}.`,
    safe: 'Semuanya tersimpan. Tidak ada uang yang diambil.',
    next: `Kirim dulu saat ada koneksi, atau bawa lewat flashdisk. ${STILL_POSSIBLE}`,
  }),
  CAP_DAYS_WITHOUT_CONTACT: (details) => ({
    what: `Loket ini terlalu lama tanpa koneksi ke Bapenda${days(details, 'freshUntil')}.`,
    safe: NO_MONEY,
    next: `Sambungkan sekali ke Bapenda. ${STILL_POSSIBLE}`,
  }),
  CLOCK_UNCERTAIN: say(
    'Jam komputer ini meragukan.',
    NO_MONEY,
    'Cocokkan tanggal dan jam komputer, lalu tekan "Sudah saya lihat" pada pemberitahuan di atas; atau sambungkan ke Bapenda.',
  ),
  ARRIVAL_UNKNOWN: say('Bukti kedatangan itu tidak ditemukan di loket ini.', UNCHANGED, 'Mulai dari nomor polisi.'),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Vehicles, assessment, selling. */
export const SELLING_ERRORS = inLanguage(INDONESIAN, ENGLISH);
