import {
  ALL_SAVED,
  type ErrorSentence,
  moneyFact,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  timeFact,
  UNCHANGED,
} from './error-facts.ts';
import { mirrorReason } from './custody-text.ts';
import { COUNTER_ERRORS as ENGLISH } from './en/error-text-counter.ts';
import { inLanguage } from './language.ts';

/** Why a folder does not become the place of the second copy. */
const FOLDER_REASONS: Readonly<Record<string, string>> = {
  NOT_ABSOLUTE: 'alamatnya tidak lengkap',
  INSIDE_DATA: 'letaknya di dalam folder data loket',
  NOT_THERE: 'folder tidak ada',
  NOT_WRITABLE: 'folder tidak dapat ditulisi',
};

/** What a person finds at the data folder that is named, and what he does about it. */
const DATA_FOLDER_REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
  NOT_A_FOLDER: [
    'di tempatnya ada berkas, bukan folder',
    'Pindahkan berkas itu ke tempat lain atau jalankan loket dengan folder datanya sendiri.',
  ],
  READ_ONLY: [
    'disknya hanya dapat dibaca',
    'Pemasang membuka kunci disk itu atau memeriksanya: disk yang rusak dikunci oleh komputer sendiri.',
  ],
  NO_RIGHTS: [
    'pengguna komputer ini tidak berhak menulis di dalamnya',
    'Masuk sebagai pengguna yang dibuat pemasang untuk loket, atau minta pemasang memulihkan hak folder itu.',
  ],
  NOT_THERE: ['tempatnya tidak ada', 'Sambungkan disk yang memuat folder itu, lalu jalankan lagi.'],
  GONE: [
    'kosong, padahal komputer ini pernah dipakai sebagai loket',
    'Sambungkan disk yang memuat data itu. Bila datanya memang hilang, pemasang mendaftarkan komputer ini lagi dengan folder baru: "Ganti komputer" di buku panduan.',
  ],
};

const INDONESIAN = {
  HOST_SILENT: say(
    'Program loket di komputer ini tidak menjawab.',
    ALL_SAVED,
    'Tunggu sebentar; layar menyambung sendiri. Jika lebih dari satu menit, tutup lalu buka lagi Loket OPOP.',
  ),
  HOST_REFUSED: say(
    'Halaman ini tidak dibuka dari program loket yang sedang berjalan.',
    ALL_SAVED,
    'Tutup halaman ini dan buka Loket OPOP dari pintasannya.',
  ),
  BAD_FRAME: say('Permintaan layar tidak terbaca oleh program.', UNCHANGED, 'Tekan F5 untuk memuat ulang layar.'),
  UNKNOWN_METHOD: say(
    'Layar ini meminta sesuatu yang tidak dikenal program.',
    UNCHANGED,
    'Tutup lalu buka lagi Loket OPOP. Jika tetap muncul, versi layar dan program berbeda: hubungi pemasang.',
  ),
  BAD_INPUT: say('Isian belum sesuai.', UNCHANGED, 'Periksa isian yang ditandai, lalu coba lagi.'),
  INTERNAL: (details) => ({
    what: 'Program menemukan kesalahan yang tidak diduga.',
    safe: ALL_SAVED,
    next: `Coba sekali lagi. Jika tetap muncul, sampaikan kode ini ke pemasang: ${textFact(details, 'reference', 'tanpa kode')}.`,
  }),
  FORBIDDEN: say(
    'Peran Anda tidak mencakup tindakan ini.',
    UNCHANGED,
    'Minta petugas atau pengawas yang berwenang masuk.',
  ),
  NOT_SIGNED_IN: say('Belum ada petugas yang masuk.', UNCHANGED, 'Masuk dengan PIN Anda.'),
  SCREEN_LOCKED: say(
    'Layar terkunci.',
    'Pekerjaan di layar tetap seperti semula.',
    'Masukkan PIN untuk membuka kunci.',
  ),
  SHUTTING_DOWN: say('Program sedang ditutup.', ALL_SAVED, 'Buka lagi Loket OPOP untuk melanjutkan.'),
  NOT_ENROLLED: say(
    'Komputer ini belum terdaftar di Bapenda.',
    UNCHANGED,
    'Pemasang mendaftarkannya dengan kode pendaftaran dari Bapenda.',
  ),
  DATA_IN_USE: say(
    'Data loket sedang dipakai oleh program lain di komputer ini.',
    ALL_SAVED,
    'Pakai jendela Loket OPOP yang sudah terbuka.',
  ),
  DATABASE_DAMAGED: say(
    'Berkas data loket rusak.',
    'Berkas itu tidak dihapus dan tidak diganti; salinan kedua transaksi ada di tempat cadangan.',
    'Berhenti melayani di komputer ini dan hubungi pemasang: isinya diselamatkan ke folder baru dengan perintah loket salvage.',
  ),
  MIRROR_MISSING: say(
    'Salinan kedua transaksi belum dapat ditulis: folder cadangan atau flashdisk tidak ada.',
    'Transaksi yang sudah dibayar tetap tersimpan di komputer ini.',
    'Pasang flashdisk cadangan yang dipilih, lalu coba lagi. Terima berkas, tutup kas, setor dan kirim tetap bisa.',
  ),
  MIRROR_FOLDER_REFUSED: (details) => ({
    what: `Folder itu tidak dapat menjadi tempat cadangan: ${FOLDER_REASONS[textFact(details, 'reason', '')] ?? 'folder ditolak'}.`,
    safe: UNCHANGED,
    next: 'Pilih folder lain, sebaiknya di flashdisk atau disk lain.',
  }),
  DATA_IS_COPY: say(
    'Folder ini cadangan untuk dibaca, bukan data loket.',
    UNCHANGED,
    'Jalankan loket dengan foldernya sendiri. Komputer yang mati diganti dengan pendaftaran baru, bukan dengan cadangan.',
  ),
  DATA_FOLDER_UNUSABLE: (details) => {
    const [what, next] = DATA_FOLDER_REASONS[textFact(details, 'reason', '')] ?? [
      'tidak dapat dipakai',
      'Hubungi pemasang.',
    ];
    return {
      what: `Folder data loket (${textFact(details, 'folder', 'tanpa nama')}) tidak dapat dipakai: ${what}.`,
      safe: 'Loket tidak dijalankan; tidak ada yang dibuat, diubah, atau dihapus.',
      next,
    };
  },
  BACKUP_FAILED: (details) => ({
    what: `Cadangan data tidak dibuat: ${mirrorReason(textFact(details, 'reason', ''))}.`,
    safe: 'Loket tetap seperti semula; semua transaksi tersimpan di komputer ini.',
    next: 'Pasang atau kosongkan flashdisk cadangan, lalu tekan Cadangkan sekarang di layar Perangkat.',
  }),
  TRAINING_MIXED: say(
    'Data latihan dan data sungguhan tidak pernah dibuka dengan cara yang sama.',
    UNCHANGED,
    'Mulai latihan dengan --training, dan loket sungguhan tanpa itu.',
  ),
  DATABASE_FROM_FUTURE: say(
    'Data loket dibuat oleh versi program yang lebih baru.',
    'Data tidak dibuka dan tidak diubah.',
    'Pasang kembali versi Loket OPOP yang terbaru.',
  ),
  DISK_FULL: say(
    'Penyimpanan komputer penuh, jadi yang terakhir tidak tersimpan.',
    'Transaksi yang sudah tercetak tetap tersimpan; yang terakhir dibatalkan seluruhnya.',
    'Jangan terima uang dulu. Kosongkan ruang penyimpanan, lalu ulangi.',
  ),
  STORAGE_FAILED: say(
    'Penyimpanan komputer menolak menulis, jadi yang terakhir tidak tersimpan.',
    'Transaksi yang sudah tercetak tetap tersimpan; yang terakhir dibatalkan seluruhnya.',
    'Jangan terima uang dulu. Mulai ulang komputer; jika terulang, hubungi pemasang.',
  ),
  KEY_STORE_UNAVAILABLE: say(
    'Kunci perangkat tidak dapat dibuka di komputer ini.',
    ALL_SAVED,
    'Hubungi pemasang: masuk sebagai pengguna yang mendaftarkan loket, atau daftarkan dengan kata sandi.',
  ),
  ENROLMENT_CODE_INVALID: say(
    'Kode pendaftaran salah ketik atau tidak dikenal.',
    UNCHANGED,
    'Ketik lagi kode dari lembar pendaftaran; huruf I, L, O, U tidak dipakai.',
  ),
  ENROLMENT_REFUSED: (details) => ({
    what: `Bapenda menolak pendaftaran: ${enrolmentReason(textFact(details, 'reason', ''))}.`,
    safe: UNCHANGED,
    next: 'Minta kode pendaftaran baru untuk gerai ini.',
  }),
  ALREADY_ENROLLED: say('Komputer ini sudah terdaftar.', UNCHANGED, 'Tutup layar pendaftaran dan masuk seperti biasa.'),
  OFFICER_UNKNOWN: say('Petugas tidak ada di daftar gerai ini.', UNCHANGED, 'Pilih nama lain, atau hubungi pengawas.'),
  PIN_WRONG: (details) => {
    const failures = numberFact(details, 'failures');
    return {
      what: 'PIN tidak cocok.',
      safe:
        failures === undefined || failures < 2 ? 'Nama ini belum terkunci.' : `Sudah ${failures} kali berturut-turut.`,
      next: 'Ketik lagi PIN Anda dengan tenang.',
    };
  },
  OFFICER_LOCKED_OUT: (details) => ({
    what: 'Nama ini terkunci sementara karena PIN beberapa kali tidak cocok.',
    safe: UNCHANGED,
    next: `Coba lagi ${timeFact(details, 'until', 'beberapa menit lagi')}, atau minta pengawas mengganti PIN.`,
  }),
  OFFICER_SUSPENDED: (details) =>
    typeof details['letter'] === 'string'
      ? {
          what: `Surat tugas ${details['letter']} berlaku ${String(details['from'])} sampai ${String(details['to'])}.`,
          safe: UNCHANGED,
          next: 'Minta surat tugas baru lewat Bapenda.',
        }
      : { what: 'Nama ini dinonaktifkan oleh Bapenda.', safe: UNCHANGED, next: 'Hubungi pengawas wilayah.' },
  SIGNED_IN_AS_OTHER: say(
    'Petugas lain masih masuk di loket ini.',
    'Sesi kasnya tetap seperti semula.',
    'Minta petugas itu keluar dulu.',
  ),
  CASH_SESSION_OPEN: (details) =>
    details['own'] === false
      ? {
          what: `Laci komputer ini masih dipegang ${textFact(details, 'officer', 'petugas lain')}. Satu laci, satu sesi.`,
          safe: UNCHANGED,
          next: 'Minta petugas itu menutup sesinya atau menyerahkan lacinya (Serah terima laci).',
        }
      : { what: 'Sesi kas Anda di laci ini sudah terbuka.', safe: UNCHANGED, next: 'Langsung mulai melayani.' },
  CASH_SESSION_CLOSED: say(
    'Tidak ada sesi kas yang terbuka.',
    'Tidak ada uang yang diambil.',
    'Buka sesi kas di layar Sesi Kas; sesi yang sudah dihitung ditutup dulu.',
  ),
  CASH_SESSION_OF_OTHER: (details) => ({
    what: `Sesi kas yang terbuka milik ${textFact(details, 'officer', 'petugas lain')}.`,
    safe: 'Tidak ada uang yang diambil.',
    next: 'Petugas itu yang melanjutkan, atau menutup sesinya dulu.',
  }),
  CASH_SESSION_COUNTED: say(
    'Hitungan sesi ini sudah tersimpan dan tidak dapat diubah.',
    'Hitungan yang tersimpan tetap berlaku.',
    'Lanjutkan dengan Tutup sesi.',
  ),
  CASH_SESSION_NOT_COUNTED: say('Laci belum dihitung.', UNCHANGED, 'Hitung isi laci dulu, lalu tutup sesi.'),
  CASH_FLOAT_TOO_SMALL: (details) => ({
    what: `Uang kembalian di laci tidak sebanyak itu (modal sekarang ${moneyFact(details, 'atMost', 'lebih kecil')}).`,
    safe: UNCHANGED,
    next: 'Hanya modal yang boleh keluar dari laci. Uang pajak keluar lewat setoran atau pengembalian.',
  }),
  CASH_SESSION_NOT_FORGOTTEN: (details) => ({
    what: 'Sesi kas ini dibuka hari ini, jadi belum terlupa.',
    safe: UNCHANGED,
    next: `${textFact(details, 'officer', 'Petugasnya')} menghitung dan menutup sendiri; pengawas baru dapat mulai besok.`,
  }),
  CASH_VARIANCE_SETTLED: say('Selisih ini tidak menunggu penjelasan.', UNCHANGED, 'Buka lagi daftar Perlu Tindakan.'),
  CASH_VARIANCE_OWN: say(
    'Selisih tidak dapat dijelaskan oleh orang yang menghitungnya.',
    UNCHANGED,
    'Minta pengawas lain mencatat penjelasannya.',
  ),
  CASH_DEPOSIT_TOO_LARGE: (details) => ({
    what: `Jumlah setoran lebih besar daripada uang yang ada (paling banyak ${moneyFact(details, 'atMost', 'yang tercatat')}).`,
    safe: UNCHANGED,
    next: 'Cocokkan angkanya dengan slip; periksa jumlah nolnya.',
  }),
  DEPOSIT_SLIP_USED: say(
    'Slip bank dengan nomor ini sudah dicatat.',
    'Setoran yang dulu tetap tercatat satu kali.',
    'Periksa nomor slip, atau lihat daftar setoran di bawah.',
  ),
  DEPOSIT_DATE_INVALID: say(
    'Tanggal setoran tidak sesuai.',
    UNCHANGED,
    'Pakai tanggal pada slip: hari ini atau paling lama 31 hari yang lalu.',
  ),
  CASH_COUNT_INVALID: say('Hitungan uang belum sesuai.', UNCHANGED, 'Periksa jumlah lembar setiap pecahan.'),
  NO_LINE: say(
    'Belum ada koneksi ke Bapenda.',
    'Yang menunggu dikirim tetap tersimpan di komputer ini.',
    'Pelayanan berjalan terus; pengiriman diulang sendiri.',
  ),
  PROVINCE_REFUSED: (details) => ({
    what: `Bapenda menolak sambungan (${textFact(details, 'reason', 'tanpa keterangan')}).`,
    safe: 'Yang menunggu dikirim tetap tersimpan di komputer ini.',
    next: 'Hubungi pengawas wilayah dan sampaikan keterangan di atas.',
  }),
  PROVINCE_ANSWER_INVALID: say(
    'Jawaban dari Bapenda tidak dapat dipercaya, jadi tidak dipakai.',
    'Yang menunggu dikirim tetap tersimpan di komputer ini.',
    'Dicoba lagi sendiri. Jika berulang, hubungi pengawas wilayah.',
  ),
  NOT_FOUND: say('Yang diminta tidak ditemukan.', UNCHANGED, 'Muat ulang daftar, lalu pilih lagi.'),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** The door, storage, enrolment, people and the cash session. */
export const COUNTER_ERRORS = inLanguage(INDONESIAN, ENGLISH);

function enrolmentReason(reason: string): string {
  switch (reason) {
    case 'CODE_USED':
      return 'kode sudah dipakai';
    case 'CODE_EXPIRED':
      return 'kode sudah lewat masanya';
    case 'CODE_UNKNOWN':
      return 'kode tidak dikenal';
    case 'TRAINING_REFUSED':
      return 'ini loket latihan, yang tidak pernah didaftarkan';
    case 'OUTLET_FULL':
      return 'nomor perangkat gerai ini sudah habis (99)';
    case '':
      return 'tanpa keterangan';
    default:
      return reason;
  }
}
