import { type ErrorSentence, numberFact, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { DOCUMENT_ERRORS as ENGLISH } from './en/error-text-documents.ts';
import { inLanguage } from './language.ts';

/** The transaction or application is as it was before the page. */
const AS_IT_WAS = 'Transaksi dan halaman lain tetap seperti semula.';

const INDONESIAN = {
  INTAKE_UNKNOWN: say(
    'Berkas ini sudah tidak dipegang program.',
    AS_IT_WAS,
    'Ambil foto atau pilih berkasnya sekali lagi.',
  ),
  PAGE_EMPTY: say('Berkas ini kosong (0 bita).', AS_IT_WAS, 'Pindai atau foto ulang, lalu pilih berkas yang baru.'),
  PAGE_TOO_LARGE: (details) => ({
    what: `Berkas ini terlalu besar${numberFact(details, 'maxMb') === undefined ? '' : ` (paling besar ${String(numberFact(details, 'maxMb'))} MB)`}.`,
    safe: AS_IT_WAS,
    next: 'Pindai dengan 200 dpi, atau foto ulang dengan kamera loket.',
  }),
  PAGE_NOT_A_PICTURE: say(
    'Berkas ini bukan foto JPEG, PNG, WebP, TIFF, atau PDF.',
    AS_IT_WAS,
    'Simpan sebagai JPEG atau PDF, atau foto ulang dengan kamera loket.',
  ),
  PAGE_DAMAGED: say('Berkas ini terpotong atau rusak.', AS_IT_WAS, 'Salin ulang dari HP atau pindai sekali lagi.'),
  PAGE_HOSTILE: say(
    'Berkas ini ditolak: isinya bukan gambar biasa dan bisa berbahaya.',
    AS_IT_WAS,
    'Jangan buka berkas itu di komputer ini. Foto kertasnya dengan kamera loket.',
  ),
  PAGE_TOO_MANY_PIXELS: say(
    'Gambar ini terlalu besar ukurannya untuk dibuka dengan aman.',
    AS_IT_WAS,
    'Pindai dengan 200 dpi, atau foto ulang dengan kamera loket.',
  ),
  PAGE_TOO_SLOW: say(
    'Gambar ini terlalu lama dibaca, jadi dihentikan.',
    AS_IT_WAS,
    'Coba sekali lagi; bila tetap begitu, foto kertasnya dengan kamera loket.',
  ),
  PAGE_REPEATED: (details) => ({
    what: `Halaman yang sama sudah ada${textFact(details, 'label', '') === '' ? '' : ` sebagai ${textFact(details, 'label', '')}`}.`,
    safe: 'Halaman yang lama tetap tersimpan; yang baru belum disimpan.',
    next: 'Ambil halaman berikutnya, atau simpan juga bila memang perlu.',
  }),
  PDF_LOCKED: say(
    'PDF ini dikunci dengan kata sandi.',
    AS_IT_WAS,
    'Buka kuncinya di HP pemiliknya, atau foto kertasnya.',
  ),
  PDF_TOO_LONG: (details) => ({
    what: `PDF ini terlalu panjang (${String(numberFact(details, 'pages') ?? 'lebih dari 50')} halaman).`,
    safe: AS_IT_WAS,
    next: 'Pilih halaman yang perlu saja, simpan sebagai PDF baru, lalu ulangi.',
  }),
  PAGE_UNKNOWN: say('Halaman ini tidak ditemukan.', UNCHANGED, 'Buka ulang daftar berkas.'),
  PAGE_NOT_SHOWN: say(
    'Halaman ini sudah tidak dapat dibuka di loket.',
    'Halamannya tetap tersimpan terkunci dan dikirim ke Bapenda.',
    'Bila perlu dilihat lagi, minta pengawas membukanya di Bapenda.',
  ),
  PAGES_TOO_MANY: (details) => ({
    what: `Sudah ada ${String(numberFact(details, 'pages') ?? 'terlalu banyak')} halaman pada layanan ini.`,
    safe: 'Semua halaman yang tersimpan tetap ada.',
    next: 'Hapus halaman yang tidak perlu sebelum menambah.',
  }),
  PAGES_SPACE_LOW: say(
    'Tempat untuk berkas hampir habis di komputer ini.',
    'Semua halaman dan transaksi yang tersimpan tetap aman; uang tetap dapat diterima.',
    'Kirim berkas lewat koneksi atau flashdisk (Kotak Kirim), atau hubungi pemasang.',
  ),
  PAGE_KEY_MISSING: say(
    'Kunci Bapenda untuk mengunci halaman belum ada di komputer ini.',
    'Transaksi tetap dapat dilayani tanpa foto.',
    'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari Bapenda.',
  ),
  SCAN_FOLDER_GONE: say(
    'Folder pemindai tidak ada lagi.',
    AS_IT_WAS,
    'Periksa kabel pemindai atau pilih foldernya lagi di layar Perangkat.',
  ),
  SCAN_FILE_GONE: say('Berkas hasil pindai itu sudah tidak ada.', AS_IT_WAS, 'Pindai sekali lagi.'),
  DOCUMENT_KIND_UNKNOWN: say(
    'Jenis berkas ini tidak diminta untuk layanan ini.',
    UNCHANGED,
    'Pilih jenis berkas dari daftar syarat.',
  ),
  SERVICE_UNKNOWN: say(
    'Layanan ini tidak dikenal di loket.',
    UNCHANGED,
    'Perbarui data dari Bapenda, lalu pilih lagi.',
  ),
  SERVICE_OFF: say(
    'Layanan ini belum dibuka di loket ini.',
    UNCHANGED,
    'Arahkan warga ke kantor yang melayani. Layanan dibuka oleh Bapenda, bukan oleh loket.',
  ),
  SERVICE_FORM_INVALID: say(
    'Isian formulir belum lengkap atau belum benar.',
    'Isian yang sudah ada tetap tersimpan.',
    'Perbaiki isian yang ditandai, lalu terima berkas lagi.',
  ),
  APPLICATION_UNKNOWN: say('Permohonan ini tidak ditemukan.', UNCHANGED, 'Cari lagi dengan nomor pada bukti terima.'),
  APPLICATION_CLOSED: say(
    'Permohonan ini tidak dapat diubah lagi pada tahap ini.',
    'Isinya tetap seperti saat diterima.',
    'Buka daftar permohonan untuk melihat tahapnya.',
  ),
  WAIVER_NOT_ALLOWED: say(
    'Berkas ini tidak boleh ditiadakan.',
    UNCHANGED,
    'Minta warga melengkapinya; berkas lain dapat dititipkan dulu.',
  ),
  WAIVER_NEEDS_SUPERVISOR: say(
    'Meniadakan berkas ini perlu persetujuan pengawas.',
    UNCHANGED,
    'Minta pengawas memasukkan PIN-nya di sini.',
  ),
  HOLDING_UNKNOWN: say('Berkas asli ini tidak tercatat di laci.', UNCHANGED, 'Periksa daftar berkas di laci.'),
  HOLDING_HANDED_OVER: say(
    'Berkas asli ini sudah diserahkan.',
    'Penyerahan yang pertama tetap tercatat.',
    'Lihat bukti serah terima di riwayatnya.',
  ),
  TICKET_UNKNOWN: say('Nomor antrean ini tidak ditemukan.', UNCHANGED, 'Periksa daftar antrean.'),
  TICKET_SETTLED: say('Nomor antrean ini sudah selesai.', UNCHANGED, 'Panggil nomor berikutnya.'),
  FORM_SERIAL_UNKNOWN: say(
    'Nomor blangko ini tidak ada dalam persediaan loket.',
    UNCHANGED,
    'Periksa angka pada blangko, atau catat dulu penerimaannya.',
  ),
  FORM_SERIAL_USED: say(
    'Nomor blangko ini sudah terpakai, rusak, atau dinyatakan hilang.',
    'Catatan yang pertama tetap berlaku.',
    'Periksa angka pada blangko di tangan Anda.',
  ),
  FORM_RANGE_INVALID: say(
    'Rentang nomor blangko tidak masuk akal.',
    UNCHANGED,
    'Nomor awal tidak boleh lebih besar dari nomor akhir, paling banyak 10.000 lembar sekali catat.',
  ),
  FORM_RANGE_KNOWN: say(
    'Sebagian nomor blangko ini sudah tercatat.',
    'Persediaan yang sudah tercatat tetap benar.',
    'Periksa surat pengantar dan angka pada paketnya.',
  ),
} as const satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** Pages, services, originals, queue and pre-printed forms. */
export const DOCUMENT_ERRORS = inLanguage(INDONESIAN, ENGLISH);
