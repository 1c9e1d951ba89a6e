import { count } from './format.ts';
import * as ENGLISH from './en/enrolment-text.ts';
import { inLanguage } from './language.ts';

/** Pendaftaran perangkat, langkah demi langkah. */
export const WIZARD_TEXT = inLanguage(
  {
    ways: 'Cara mendaftar',
    online: 'Dengan koneksi',
    offline: 'Tanpa koneksi (flashdisk)',
    scanHint: 'Kode dapat diketik, dipindai dari QR di lembar gerai, atau dibaca dari flashdisk.',
    fromStick: 'Baca kode dari flashdisk',
    tickets: 'Kode di flashdisk',
    noTickets: 'Belum ada berkas kode (.opop-kode) di flashdisk. Pasang flashdisknya, lalu cari lagi.',
    look: 'Cari lagi',
    useFile: (name: string): string => `Pakai ${name}`,
    offlineSteps: [
      'Isi kode, lalu simpan permintaan ke flashdisk.',
      'Bawa flashdisk ke Bapenda; mereka menaruh berkas jawaban di flashdisk itu.',
      'Pasang lagi flashdisknya di sini dan buka berkas jawabannya. Kunci komputer ini tidak pernah ikut.',
    ],
    stick: 'Folder flashdisk',
    writeRequest: 'Simpan permintaan',
    written: (file: string): string => `Permintaan tersimpan: ${file}. Cabut flashdisk, lalu bawa ke Bapenda.`,
    answers: 'Berkas jawaban',
    noAnswers: 'Belum ada berkas jawaban di flashdisk.',
    answerField: 'Letak berkas jawaban',
    openAnswer: 'Buka jawaban',
    urlLater: 'Alamat server Bapenda (boleh kosong)',
    certificateTitle: 'Jaringan ini memakai sertifikat sendiri',
    certificateWhat: (name: string): string =>
      `Yang menjawab bukan server Bapenda langsung, melainkan ${name === '' ? 'alat tanpa nama' : name}. Alat itu dapat membaca yang lewat.`,
    certificateAsk:
      'Tanyakan sidik jari ini ke pengelola jaringan, lalu cocokkan huruf demi huruf. Bila tidak cocok, jangan diteruskan.',
    fingerprint: 'Sidik jari SHA-256',
    compared: 'Saya sudah mencocokkan sidik jari ini dengan pengelola jaringan',
    trust: 'Percayai untuk komputer ini',
    notTrusted: 'Jangan percayai',
    trusted: 'Sertifikat jaringan dipercaya di komputer ini. Daftarkan sekali lagi.',
    notRoot: 'Jaringan ini tidak menunjukkan sertifikat akarnya, jadi tidak dapat dipercaya dari sini.',
    cards: (names: readonly string[]): string =>
      `${count(names.length)} jaringan aktif (${names.join(', ')}). Bila pendaftaran gagal, cabut yang tidak ke internet.`,
    doneTitle: 'Komputer ini terdaftar',
    outlet: 'Gerai',
    device: 'Nomor perangkat',
    offlineCash: 'Terima uang tanpa koneksi',
    offlineCashWords: { allowed: 'boleh', 'intake-only': 'tidak; hanya terima berkas' },
    limit: 'Batas kas di laci',
    noPolicy: 'belum diterima; datang pada koneksi pertama',
    vehicles: 'Data kendaraan',
    next: 'Langkah berikutnya',
    nextSteps: [
      'Masuk dengan PIN pemasang atau petugas.',
      'Buka Perangkat (Ctrl+9), lalu Uji mandiri (Ctrl+H): printer, salinan kedua, kamera, tombol, pemindai.',
      'Simpan PDF serah terima dan minta tanda tangan.',
    ],
    goOn: 'Masuk',
  },
  ENGLISH.WIZARD_TEXT,
);
