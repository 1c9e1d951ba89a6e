import { z } from 'zod';

type KeyStoreKind = 'operating-system' | 'machine' | 'passphrase' | 'demo';
/** What a sentence is told with. */
type Fact = string | number | boolean | null;

/** Figures as people of a language write them. */
function figuresIn(locale: 'id-ID' | 'en-GB', second: string) {
  const figure = (value: number, decimals = 0): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  return {
    figure,
    gigabytes: (bytes: number): string => `${figure(bytes / 1e9, 1)} GB`,
    seconds: (ms: number): string => (ms < 1000 ? `${figure(ms)} ms` : `${figure(ms / 1000, 1)} ${second}`),
  };
}
const id = figuresIn('id-ID', 'detik');
const en = figuresIn('en-GB', 's');

const KEY_STORES: Readonly<Record<'id' | 'en', Readonly<Record<KeyStoreKind, string>>>> = {
  id: {
    'operating-system': 'penyimpanan kunci sistem',
    machine: 'penyimpanan kunci mesin ini',
    passphrase: 'berkas berkata sandi',
    demo: 'berkas contoh (hanya untuk latihan)',
  },
  en: {
    'operating-system': 'the key store of the system',
    machine: 'the key store of this machine',
    passphrase: 'a file with a passphrase',
    demo: 'a file of the demo (for practice only)',
  },
};

const INDONESIAN = {
  failed: (reason: string): string =>
    `Langkah ini berhenti di tengah (${reason}). Data loket tidak berubah. Ulangi, lalu hubungi pemasang.`,

  diskFine: (writeMb: number, free: number): string =>
    `Tulis ${id.figure(writeMb)} MB per detik, sisa ${id.gigabytes(free)}.`,
  diskSlow: (writeMb: number): string =>
    `Disk lambat: ${id.figure(writeMb, 1)} MB per detik. Loket tetap jalan, tetapi terasa lambat; ganti disk bila bisa.`,
  diskSmall: (free: number): string => `Sisa disk ${id.gigabytes(free)}. Kosongkan sampai sedikitnya 5 GB.`,

  durable: (ms: number): string => `Setiap catatan sampai ke disk sebelum struk keluar, rata-rata ${id.seconds(ms)}.`,
  durableTooFast: (ms: number): string =>
    `Disk menjawab terlalu cepat (${id.figure(ms, 2)} ms): mungkin ia berbohong soal menyimpan. Pasang UPS, dan jangan cabut listriknya.`,
  durableSlow: (ms: number): string =>
    `Menyimpan satu catatan butuh ${id.seconds(ms)}; antrean akan terasa. Ganti disk bila bisa.`,
  notDurable: 'Basis data tidak menunggu disk. Jangan menerima uang; hubungi pemasang.',

  clockFine: (zone: string): string => `Jam cocok, zona waktu ${zone} (WIB).`,
  clockUnchecked: (zone: string): string =>
    `Zona waktu ${zone} (WIB). Jam belum dicocokkan dengan Bapenda; itu terjadi pada koneksi pertama.`,
  clockZone: (zone: string): string =>
    `Zona waktu komputer ${zone}. Atur ke Asia/Jakarta (WIB) supaya jam Windows sama dengan jam di struk.`,
  clockWrong: 'Jam komputer tidak dipercaya. Betulkan tanggal dan jamnya, lalu ulangi.',

  keyStore: (kind: KeyStoreKind): string => `Kunci perangkat terbuka dari ${KEY_STORES.id[kind]} dan cocok.`,
  keyStoreOther: 'Kunci yang terbuka bukan kunci loket ini. Jangan menerima uang; hubungi pemasang.',
  keyStoreShut: (reason: string): string =>
    `Kunci perangkat tidak terbuka (${reason}). Masuk sebagai pengguna yang mendaftarkan loket.`,

  backup: (entries: number, ms: number): string =>
    `Salinan ${id.figure(entries)} catatan dibuat, dibuka lagi, dan isinya sama (${id.seconds(ms)}).`,
  backupDiffers: 'Salinan tidak sama dengan aslinya. Jangan dipakai; hubungi pemasang.',

  mirrorNone: 'Belum ada tempat salinan kedua. Pilih flashdisk di bawah ini.',
  mirrorMissing: (reason: string): string =>
    `Salinan kedua tidak dapat ditulis (${reason}). Pasang flashdisknya, lalu ulangi.`,
  mirrorFine: (ms: number, free: number | null): string =>
    `Salinan kedua menerima tulisan dalam ${id.seconds(ms)}${free === null ? '' : `, sisa ${id.gigabytes(free)}`}.`,
  mirrorSameDisk: 'Salinan kedua ada di disk yang sama dengan data. Pakai flashdisk: bila disk rusak, keduanya hilang.',

  lineFine: (ms: number, kilobits: number): string =>
    `Bapenda menjawab dalam ${id.seconds(ms)}, sekitar ${id.figure(kilobits)} kbit per detik.`,
  lineCards: (cards: string): string =>
    `Ada beberapa jaringan (${cards}); cabut yang tidak dipakai bila koneksi putus-putus.`,
  lineTrusted: (print: string): string => `Lewat sertifikat jaringan yang Anda percayai, sidik jari ${print}.`,
  lineDns: 'Nama server Bapenda tidak ditemukan. Periksa kabel atau paket data; pelayanan tetap jalan tanpa koneksi.',
  lineTls: (code: string): string =>
    `Sertifikat di jaringan ini tidak dikenal (${code}): mungkin proxy kantor. Jangan teruskan sebelum bertanya ke pengelola jaringan.`,
  lineDown: (reason: string): string =>
    `Bapenda tidak menjawab (${reason}). Pelayanan tetap jalan tanpa koneksi; ulangi uji ini saat ada koneksi.`,
  lineNone: 'Loket ini didaftarkan tanpa alamat Bapenda; pengiriman lewat flashdisk.',

  qrRead: (ms: number): string => `QR struk terbaca lagi dari kertas yang digambar (${id.seconds(ms)}).`,
  qrWrong: 'QR struk tidak terbaca lagi dari kertas yang digambar. Jangan mencetak struk; hubungi pemasang.',

  printerSent: (name: string): string =>
    `Halaman penggaris keluar di ${name}. Isi lebar yang terlihat di kertas, supaya struk tidak terpotong.`,
  printerFine: (name: string, columns: number, cuts: boolean): string =>
    `${name}: ${id.figure(columns)} kolom, kertas ${cuts ? 'dipotong sendiri' : 'disobek tangan'}.`,
  printerSheet: (name: string): string => `Halaman uji keluar di ${name}.`,
  printerSilent: (name: string, reason: string): string =>
    `${name} tidak mencetak (${reason}). Periksa kertas, kabel, dan namanya, lalu ulangi.`,
  printerNone: 'Belum ada printer utama. Pilih di bawah ini.',

  keysFine: (count: number): string => `Semua ${id.figure(count)} tombol F sampai ke loket.`,
  keysTwins: (keys: string): string => `${keys} tidak sampai; pakai pasangan Ctrl-nya, yang tertulis di tombolnya.`,
  keysMissing: (keys: string): string => `${keys} tidak sampai dan tidak ada pasangannya. Ganti papan ketiknya.`,

  scannerFine: (ms: number): string => `Pemindai terbaca utuh dalam ${id.seconds(ms)}.`,
  scannerWrong: 'Yang terbaca bukan isi kode uji. Atur pemindai ke papan ketik US tanpa awalan, lalu ulangi.',
  scannerSlow: (ms: number): string =>
    `Pemindai terlalu lambat (${id.seconds(ms)}) untuk dibedakan dari ketikan. Percepat di buku pengaturannya.`,

  cameraFine: (width: number, height: number): string => `Kamera hidup, ${id.figure(width)} x ${id.figure(height)}.`,
  cameraSmall: (width: number, height: number): string =>
    `Kamera hanya ${id.figure(width)} x ${id.figure(height)}: huruf kecil di STNK tidak akan terbaca. Pakai pemindai.`,
  cameraDark: 'Kamera tidak memberi gambar. Periksa kabel dan izinnya, atau pakai pemindai.',
} as const;

type Sentences = {
  readonly [K in keyof typeof INDONESIAN]: (typeof INDONESIAN)[K] extends string ? string : (typeof INDONESIAN)[K];
};

const ENGLISH: Sentences = {
  failed: (reason: string): string =>
    `This step stopped in the middle (${reason}). The counter’s data did not change. Repeat it, then call the installer.`,
  diskFine: (writeMb: number, free: number): string =>
    `Writes ${en.figure(writeMb)} MB per second, ${en.gigabytes(free)} free.`,
  diskSlow: (writeMb: number): string =>
    `The disk is slow: ${en.figure(writeMb, 1)} MB per second. The counter works, but feels slow; replace the disk if you can.`,
  diskSmall: (free: number): string => `${en.gigabytes(free)} left on the disk. Make room for at least 5 GB.`,
  durable: (ms: number): string =>
    `Every record reaches the disk before the receipt comes out, ${en.seconds(ms)} on average.`,
  durableTooFast: (ms: number): string =>
    `The disk answers too fast (${en.figure(ms, 2)} ms): it may lie about saving. Use a UPS, and do not pull the plug.`,
  durableSlow: (ms: number): string =>
    `Saving one record takes ${en.seconds(ms)}; the queue will feel it. Replace the disk if you can.`,
  notDurable: 'The database does not wait for the disk. Take no money; call the installer.',
  clockFine: (zone: string): string => `The clock is right, time zone ${zone} (WIB).`,
  clockUnchecked: (zone: string): string =>
    `Time zone ${zone} (WIB). The clock was not yet compared with Bapenda; that happens at the first connection.`,
  clockZone: (zone: string): string =>
    `The computer’s time zone is ${zone}. Set Asia/Jakarta (WIB), so that Windows shows the hour of the receipts.`,
  clockWrong: 'The computer’s clock is not believed. Set its date and time right, then repeat.',
  keyStore: (kind: KeyStoreKind): string => `The device’s key opens from ${KEY_STORES.en[kind]} and fits.`,
  keyStoreOther: 'The key that opens is not this counter’s. Take no money; call the installer.',
  keyStoreShut: (reason: string): string =>
    `The device’s key does not open (${reason}). Sign in to the computer as the user who enrolled the counter.`,
  backup: (entries: number, ms: number): string =>
    `A copy of ${en.figure(entries)} records was made, opened again, and is the same (${en.seconds(ms)}).`,
  backupDiffers: 'The copy is not the same as the original. Do not use it; call the installer.',
  mirrorNone: 'There is no place for the second copy yet. Choose a flashdisk below.',
  mirrorMissing: (reason: string): string =>
    `The second copy cannot be written (${reason}). Put its flashdisk in, then repeat.`,
  mirrorFine: (ms: number, free: number | null): string =>
    `The second copy takes a record in ${en.seconds(ms)}${free === null ? '' : `, ${en.gigabytes(free)} free`}.`,
  mirrorSameDisk:
    'The second copy lies on the same disk as the data. Use a flashdisk: if the disk breaks, both are lost.',
  lineFine: (ms: number, kilobits: number): string =>
    `Bapenda answers in ${en.seconds(ms)}, about ${en.figure(kilobits)} kbit per second.`,
  lineCards: (cards: string): string =>
    `There are several networks (${cards}); unplug what is not used if the connection drops.`,
  lineTrusted: (print: string): string => `Through a network certificate that you trusted, fingerprint ${print}.`,
  lineDns:
    'The name of Bapenda’s server is not found. Check cable or data plan; the service goes on without a connection.',
  lineTls: (code: string): string =>
    `The certificate on this network is not known (${code}): perhaps an office proxy. Ask who runs the network before you go on.`,
  lineDown: (reason: string): string =>
    `Bapenda does not answer (${reason}). The service goes on without a connection; repeat this test when there is one.`,
  lineNone: 'This counter was enrolled without an address of Bapenda; it sends by flashdisk.',
  qrRead: (ms: number): string => `The receipt’s QR was read back from the drawn paper (${en.seconds(ms)}).`,
  qrWrong: 'The receipt’s QR is not read back from the drawn paper. Print no receipts; call the installer.',
  printerSent: (name: string): string =>
    `The ruler page is out at ${name}. Enter the width that you see on the paper, so that no receipt is cut off.`,
  printerFine: (name: string, columns: number, cuts: boolean): string =>
    `${name}: ${en.figure(columns)} columns, the paper is ${cuts ? 'cut by itself' : 'torn by hand'}.`,
  printerSheet: (name: string): string => `The test page is out at ${name}.`,
  printerSilent: (name: string, reason: string): string =>
    `${name} does not print (${reason}). Check its paper, cable and name, then repeat.`,
  printerNone: 'There is no first printer yet. Choose one below.',
  keysFine: (count: number): string => `All ${en.figure(count)} F keys reach the counter.`,
  keysTwins: (keys: string): string => `${keys} do not arrive; use their Ctrl twins, which stand on their buttons.`,
  keysMissing: (keys: string): string => `${keys} do not arrive and have no twin. Replace the keyboard.`,
  scannerFine: (ms: number): string => `The scanner is read whole in ${en.seconds(ms)}.`,
  scannerWrong: 'What was read is not the test code. Set the scanner to a US keyboard without a prefix, then repeat.',
  scannerSlow: (ms: number): string =>
    `The scanner is too slow (${en.seconds(ms)}) to be told from typing. Make it faster by its own book.`,
  cameraFine: (width: number, height: number): string =>
    `The camera is on, ${en.figure(width)} x ${en.figure(height)}.`,
  cameraSmall: (width: number, height: number): string =>
    `The camera has only ${en.figure(width)} x ${en.figure(height)}: small print of an STNK will not be read. Use a scanner.`,
  cameraDark: 'The camera gives no picture. Check its cable and its permission, or use a scanner.',
};

/** Sentences of the self-test: on the screen, at the terminal, and on the sheet of the hand-over. */
export const SELF_TEST_SENTENCES: Readonly<Record<'id' | 'en', Sentences>> = { id: INDONESIAN, en: ENGLISH };

type Name = keyof Sentences;
/** `Object.keys` knows no names of types. */
const NAMES = Object.keys(INDONESIAN) as [Name, ...Name[]];

/** One sentence of a finding, without its words: who shows it chooses the language. */
export const saidSchema = z.object({
  sentence: z.enum(NAMES),
  facts: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Said = Readonly<z.infer<typeof saidSchema>>;

type FactsOf<K extends Name> = Sentences[K] extends (...facts: infer F extends readonly Fact[]) => string ? F : [];

/** A sentence with its facts. */
export const say = <K extends Name>(sentence: K, ...facts: FactsOf<K>): Said => ({ sentence, facts: [...facts] });

/** The words of a finding, sentence after sentence. */
export function selfTestWords(said: readonly Said[], language: 'id' | 'en'): string {
  return said
    .map(({ sentence, facts }) => {
      const words = SELF_TEST_SENTENCES[language][sentence];
      // `say` is the only maker of facts, and it takes those of the sentence.
      return typeof words === 'string' ? words : (words as (...facts: readonly Fact[]) => string)(...facts);
    })
    .join(' ');
}
