/** A number as Indonesians write it, with at most so many decimals. */
const figure = (value: number, decimals = 0): string =>
  new Intl.NumberFormat('id-ID', { maximumFractionDigits: decimals }).format(value);

const gigabytes = (bytes: number): string => `${figure(bytes / 1e9, 1)} GB`;
const seconds = (ms: number): string => (ms < 1000 ? `${figure(ms)} ms` : `${figure(ms / 1000, 1)} detik`);

/** Sentences of the self-test: on the screen, at the terminal, and on the sheet of the hand-over. */
export const SELF_TEST_TEXT = {
  failed: (reason: string): string =>
    `Langkah ini berhenti di tengah (${reason}). Data loket tidak berubah. Ulangi, lalu hubungi pemasang.`,

  diskFine: (writeMb: number, free: number): string =>
    `Tulis ${figure(writeMb)} MB per detik, sisa ${gigabytes(free)}.`,
  diskSlow: (writeMb: number): string =>
    `Disk lambat: ${figure(writeMb, 1)} MB per detik. Loket tetap jalan, tetapi terasa lambat; ganti disk bila bisa.`,
  diskSmall: (free: number): string => `Sisa disk ${gigabytes(free)}. Kosongkan sampai sedikitnya 5 GB.`,

  durable: (ms: number): string => `Setiap catatan sampai ke disk sebelum struk keluar, rata-rata ${seconds(ms)}.`,
  durableTooFast: (ms: number): string =>
    `Disk menjawab terlalu cepat (${figure(ms, 2)} ms): mungkin ia berbohong soal menyimpan. Pasang UPS, dan jangan cabut listriknya.`,
  durableSlow: (ms: number): string =>
    `Menyimpan satu catatan butuh ${seconds(ms)}; antrean akan terasa. Ganti disk bila bisa.`,
  notDurable: 'Basis data tidak menunggu disk. Jangan menerima uang; hubungi pemasang.',

  clockFine: (zone: string): string => `Jam cocok, zona waktu ${zone} (WIB).`,
  clockUnchecked: (zone: string): string =>
    `Zona waktu ${zone} (WIB). Jam belum dicocokkan dengan Bapenda; itu terjadi pada koneksi pertama.`,
  clockZone: (zone: string): string =>
    `Zona waktu komputer ${zone}. Atur ke Asia/Jakarta (WIB) supaya jam Windows sama dengan jam di struk.`,
  clockWrong: 'Jam komputer tidak dipercaya. Betulkan tanggal dan jamnya, lalu ulangi.',

  keyStore: (kind: string): string => `Kunci perangkat terbuka dari ${kind} dan cocok.`,
  keyStoreKinds: {
    'operating-system': 'penyimpanan kunci sistem',
    machine: 'penyimpanan kunci mesin ini',
    passphrase: 'berkas berkata sandi',
    demo: 'berkas contoh (hanya untuk latihan)',
  },
  keyStoreOther: 'Kunci yang terbuka bukan kunci loket ini. Jangan menerima uang; hubungi pemasang.',
  keyStoreShut: (reason: string): string =>
    `Kunci perangkat tidak terbuka (${reason}). Masuk sebagai pengguna yang mendaftarkan loket.`,

  backup: (entries: number, ms: number): string =>
    `Salinan ${figure(entries)} catatan dibuat, dibuka lagi, dan isinya sama (${seconds(ms)}).`,
  backupDiffers: 'Salinan tidak sama dengan aslinya. Jangan dipakai; hubungi pemasang.',

  mirrorNone: 'Belum ada tempat salinan kedua. Pilih flashdisk di bawah ini.',
  mirrorMissing: (reason: string): string =>
    `Salinan kedua tidak dapat ditulis (${reason}). Pasang flashdisknya, lalu ulangi.`,
  mirrorFine: (ms: number, free: number | null): string =>
    `Salinan kedua menerima tulisan dalam ${seconds(ms)}${free === null ? '' : `, sisa ${gigabytes(free)}`}.`,
  mirrorSameDisk: 'Salinan kedua ada di disk yang sama dengan data. Pakai flashdisk: bila disk rusak, keduanya hilang.',

  lineFine: (ms: number, kilobits: number): string =>
    `Bapenda menjawab dalam ${seconds(ms)}, sekitar ${figure(kilobits)} kbit per detik.`,
  lineCards: (cards: string): string =>
    ` Ada beberapa jaringan (${cards}); cabut yang tidak dipakai bila koneksi putus-putus.`,
  lineTrusted: (print: string): string => ` Lewat sertifikat jaringan yang Anda percayai, sidik jari ${print}.`,
  lineDns: 'Nama server Bapenda tidak ditemukan. Periksa kabel atau paket data; pelayanan tetap jalan tanpa koneksi.',
  lineTls: (code: string): string =>
    `Sertifikat di jaringan ini tidak dikenal (${code}): mungkin proxy kantor. Jangan teruskan sebelum bertanya ke pengelola jaringan.`,
  lineDown: (reason: string): string =>
    `Bapenda tidak menjawab (${reason}). Pelayanan tetap jalan tanpa koneksi; ulangi uji ini saat ada koneksi.`,
  lineNone: 'Loket ini didaftarkan tanpa alamat Bapenda; pengiriman lewat flashdisk.',

  qrRead: (ms: number): string => `QR struk terbaca lagi dari kertas yang digambar (${seconds(ms)}).`,
  qrWrong: 'QR struk tidak terbaca lagi dari kertas yang digambar. Jangan mencetak struk; hubungi pemasang.',

  printerSent: (name: string): string =>
    `Halaman penggaris keluar di ${name}. Isi lebar yang terlihat di kertas, supaya struk tidak terpotong.`,
  printerFine: (name: string, columns: number, cuts: boolean): string =>
    `${name}: ${figure(columns)} kolom, kertas ${cuts ? 'dipotong sendiri' : 'disobek tangan'}.`,
  printerSheet: (name: string): string => `Halaman uji keluar di ${name}.`,
  printerSilent: (name: string, reason: string): string =>
    `${name} tidak mencetak (${reason}). Periksa kertas, kabel, dan namanya, lalu ulangi.`,
  printerNone: 'Belum ada printer utama. Pilih di bawah ini.',

  keysFine: (count: number): string => `Semua ${figure(count)} tombol F sampai ke loket.`,
  keysTwins: (keys: string): string => `${keys} tidak sampai; pakai pasangan Ctrl-nya, yang tertulis di tombolnya.`,
  keysMissing: (keys: string): string => `${keys} tidak sampai dan tidak ada pasangannya. Ganti papan ketiknya.`,

  scannerFine: (ms: number): string => `Pemindai terbaca utuh dalam ${seconds(ms)}.`,
  scannerWrong: 'Yang terbaca bukan isi kode uji. Atur pemindai ke papan ketik US tanpa awalan, lalu ulangi.',
  scannerSlow: (ms: number): string =>
    `Pemindai terlalu lambat (${seconds(ms)}) untuk dibedakan dari ketikan. Percepat di buku pengaturannya.`,

  cameraFine: (width: number, height: number): string => `Kamera hidup, ${figure(width)} x ${figure(height)}.`,
  cameraSmall: (width: number, height: number): string =>
    `Kamera hanya ${figure(width)} x ${figure(height)}: huruf kecil di STNK tidak akan terbaca. Pakai pemindai.`,
  cameraDark: 'Kamera tidak memberi gambar. Periksa kabel dan izinnya, atau pakai pemindai.',

  sheetTitle: 'SERAH TERIMA LOKET: HASIL UJI MANDIRI',
  sheetOutlet: (outlet: string, deviceNo: number): string => `${outlet} · perangkat ${String(deviceNo)}`,
  sheetProgram: (version: string): string => `Loket OPOP ${version}`,
  sheetNotRun: 'belum dijalankan',
  sheetGood: 'BAIK',
  sheetBad: 'PERLU TINDAKAN',
  sheetSigns: ['Pemasang (nama jelas dan tanda tangan)', 'Penerima (nama jelas dan tanda tangan)'],
  sheetPage: (page: number, pages: number): string => `halaman ${String(page)} dari ${String(pages)}`,
  steps: {
    disk: 'Disk',
    durability: 'Ketahanan simpan',
    clock: 'Jam dan zona waktu',
    'key-store': 'Penyimpanan kunci',
    backup: 'Cadangan',
    mirror: 'Salinan kedua',
    line: 'Koneksi ke Bapenda',
    qr: 'QR struk',
    printer: 'Printer',
    keys: 'Tombol F',
    scanner: 'Pemindai kode',
    camera: 'Kamera',
  },
} as const;
