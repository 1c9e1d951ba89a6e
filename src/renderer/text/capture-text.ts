import type { KeptPage, LookedPage } from '../../contract/views-documents.ts';
import { bytes, count, dateTime } from './format.ts';
import * as ENGLISH from './en/capture-text.ts';
import { inLanguage } from './language.ts';

/** Ways in which a page of a paper comes in. */
export type CaptureWay = 'camera' | 'scan' | 'file';

/** Why there is no picture of the camera. */
export type CameraTrouble = 'missing' | 'busy' | 'refused' | 'unsupported' | 'lost' | 'dark';

/** The four corners in the order of a quad. */
export const CORNER_NAMES = inLanguage(['kiri atas', 'kanan atas', 'kanan bawah', 'kiri bawah'], ENGLISH.CORNER_NAMES);

/** The capture sheet: camera, scanner, files, then a look at what came in. */
export const CAPTURE_TEXT = inLanguage(
  {
    title: (label: string): string => `Halaman untuk ${label}`,
    close: 'Tutup, berkas tetap seperti semula',
    ways: 'Cara mengambil halaman',
    wayNames: { camera: 'Kamera', scan: 'Pindai', file: 'Berkas' } satisfies Record<CaptureWay, string>,
    cancel: 'Batal',
    back: 'Kembali',

    shoot: 'Ambil foto',
    shootHint: 'Spasi mengambil foto',
    frame: 'Bingkai',
    frames: { card: 'Kartu', sheet: 'Lembar A4' },
    device: 'Kamera',
    automatic: 'Ambil sendiri bila jelas',
    starting: 'Menyalakan kamera',
    live: 'Gambar langsung dari kamera',
    size: (width: number, height: number): string => `${count(width)} x ${count(height)} titik`,
    nameless: (nth: number): string => `Kamera ${nth}`,

    scans: 'Hasil pindai, yang terbaru di atas',
    scanFolder: (folder: string): string => `Folder pemindai: ${folder}`,
    scansEmpty: 'Belum ada hasil pindai. Pindai kertasnya; hasilnya tampil di sini sendiri.',
    scanNone: 'Folder pemindai belum dipilih.',
    scanNoneNext: 'Pemasang memilihnya di layar Perangkat. Sementara itu pakai Kamera atau Berkas.',
    scanGone: 'Folder pemindai tidak ada lagi. Periksa kabel pemindai; Kamera dan Berkas tetap bisa dipakai.',
    scanColumns: { file: 'Berkas', size: 'Ukuran', at: 'Waktu' },
    takeScan: 'Pakai hasil pindai ini',

    pick: 'Pilih berkas',
    drop: 'Seret foto atau PDF ke sini, atau tekan Pilih berkas.',
    dropKinds: 'JPEG, PNG, WebP, TIFF, atau PDF, paling besar 40 MB. Foto HP: colokkan kabelnya, lalu pilih dari HP.',
    queue: (left: number): string => (left === 0 ? '' : `${count(left)} berkas lagi sesudah ini`),
    nextFile: 'Buka berkas berikutnya',
    skipFile: 'Lewati berkas ini',

    sending: (sent: number, total: number): string => `Membaca berkas: ${bytes(sent)} dari ${bytes(total)}`,
    looking: 'Memeriksa gambar',
    keeping: 'Menyimpan halaman',

    look: 'Periksa halaman',
    pages: 'Halaman dalam berkas ini',
    pageOf: (pageNo: number, pages: number): string => `Halaman ${pageNo} dari ${pages}`,
    choosePage: (pageNo: number): string => `Simpan halaman ${pageNo}`,
    morePages: (left: number): string => `Lihat ${count(left)} halaman lagi`,
    turn: 'Putar',
    turnHint: 'R memutar seperempat ke kanan',
    crop: 'Potong pada tepi kertas',
    cropHint: 'Tab memilih sudut, panah menggeser, Shift lebih jauh',
    whole: 'Seluruh gambar',
    found: 'Tepi ditemukan',
    corner: (name: string, x: number, y: number): string =>
      `Sudut ${name}, ${Math.round(x * 100)} % dari kiri, ${Math.round(y * 100)} % dari atas`,
    retake: 'Ambil ulang',
    aside: 'Gambar tadi belum disimpan.',
    lookAgain: 'Lihat lagi',
    keepAndMore: 'Simpan, ambil lagi',
    keep: (pages: number): string => (pages === 1 ? 'Simpan halaman' : `Simpan ${count(pages)} halaman`),
    noneChosen: 'Pilih paling sedikit satu halaman.',
    keepRepeated: 'Simpan juga',
    kept: (pages: number): string => `${count(pages)} halaman tersimpan, terkunci untuk Bapenda.`,
    keptNext: 'Masih ada halaman berikutnya? Ambil lagi, atau Esc bila selesai.',

    pagesTitle: (label: string): string => `Halaman ${label}`,
    shownAs: (pageNo: number): string => `Isi halaman ${pageNo}`,
    openPage: 'Buka halaman',
    lookIsRecorded: 'Setiap kali halaman dibuka, itu dicatat.',
    addPage: 'Tambah halaman',
    replacePage: 'Ambil ulang halaman ini',
    discard: 'Buang halaman ini',
    discardWhy: 'Mengapa dibuang?',
    discardReasons: { retaken: 'Sudah diambil ulang', 'wrong-kind': 'Salah jenis berkas', other: 'Alasan lain' },
    note: 'Keterangan (tanpa nama atau nomor orang)',
    noPages: 'Belum ada halaman untuk berkas ini.',
    notShown: 'terkunci',
  },
  ENGLISH.CAPTURE_TEXT,
);

const TROUBLES: Readonly<Record<CameraTrouble, readonly [string, string]>> = inLanguage(
  {
    missing: [
      'Tidak ada kamera yang terpasang.',
      'Colokkan kamera lalu tekan Coba lagi, atau pakai Pindai atau Berkas.',
    ],
    busy: [
      'Kamera sedang dipakai program lain.',
      'Tutup program itu lalu tekan Coba lagi, atau pakai Pindai atau Berkas.',
    ],
    refused: [
      'Izin memakai kamera ditolak.',
      'Buka izin kamera untuk Loket OPOP lalu tekan Coba lagi, atau pakai Pindai atau Berkas.',
    ],
    unsupported: ['Layar ini tidak dapat memakai kamera.', 'Pakai Pindai atau Berkas.'],
    dark: [
      'Kamera menyala tetapi tidak memberi gambar.',
      'Cabut dan colokkan lagi lalu tekan Coba lagi, atau pakai Pindai atau Berkas.',
    ],
    lost: ['Kamera terputus.', 'Colokkan lagi lalu tekan Coba lagi. Halaman yang sudah tersimpan tetap ada.'],
  },
  ENGLISH.TROUBLES,
);

/** What is wrong with the camera, and what to do: each trouble has its own words. */
export function cameraTroubleText(trouble: CameraTrouble): Readonly<{ what: string; next: string }> {
  const [what, next] = TROUBLES[trouble];
  return { what, next };
}

/** The word on the button that starts the camera anew. */
export const TRY_AGAIN = inLanguage('Coba lagi', 'Try again');

type Quality = Pick<LookedPage, 'sharpness' | 'glare' | 'light'>;

const SHARPNESS = inLanguage(
  {
    good: undefined,
    soft: 'Agak kabur; pastikan tulisan kecil terbaca.',
    blurred: 'Kabur: ambil ulang dengan kertas dan kamera diam.',
  },
  ENGLISH.SHARPNESS,
);
const GLARE = inLanguage(
  {
    none: undefined,
    some: 'Ada pantulan; periksa apakah tulisan tertutup.',
    strong: 'Pantulan kuat: miringkan kertas atau jauhkan lampu.',
  },
  ENGLISH.GLARE,
);
const LIGHT = inLanguage(
  {
    good: undefined,
    dark: 'Terlalu gelap: tambah cahaya.',
    bright: 'Terlalu terang: jauhkan dari lampu.',
  },
  ENGLISH.LIGHT,
);

/** One remark about a picture: `bad` should be taken anew. */
export type QualityNote = Readonly<{ text: string; bad: boolean }>;

/** What is not good about a picture, in words; empty when all is good. */
export function qualityNotes({ sharpness, glare, light }: Quality): readonly QualityNote[] {
  const notes: readonly (readonly [string | undefined, boolean])[] = [
    [SHARPNESS[sharpness], sharpness === 'blurred'],
    [GLARE[glare], glare === 'strong'],
    [LIGHT[light], light !== 'good'],
  ];
  return notes.flatMap(([text, bad]) => (text === undefined ? [] : [{ text, bad }]));
}

/** Said when there is nothing to remark. */
export const QUALITY_GOOD = inLanguage('Gambar jelas.', 'The picture is clear.');

/** The live hint below the camera: the first thing to mend, or that it is good. */
export const LIVE_HINTS = inLanguage(
  {
    dark: 'Terlalu gelap: tambah cahaya',
    bright: 'Terlalu terang: jauhkan dari lampu',
    glare: 'Ada pantulan: miringkan kertas',
    edges: 'Paskan tepi kertas dengan bingkai',
    blur: 'Kabur: tahan diam, atau jauhkan sedikit',
    good: 'Jelas: tekan Spasi',
  },
  ENGLISH.LIVE_HINTS,
);
export type LiveHint = keyof typeof LIVE_HINTS;

/** A kept page in a few words: where it is, how large, when it was taken. */
export function keptPageText(page: KeptPage): string {
  return [`${count(page.width)} x ${count(page.height)}`, bytes(page.bytes), dateTime(page.capturedAt)].join(' · ');
}

/** Where a page is now. */
export const PAGE_STATE_TEXT: Readonly<Record<KeptPage['state'] | 'exported', string>> = inLanguage(
  {
    local: 'di komputer ini',
    uploading: 'diunggah',
    stored: 'tersimpan di Bapenda',
    refused: 'ditolak Bapenda',
    missing: 'hilang',
    exported: 'disalin ke flashdisk',
  },
  ENGLISH.PAGE_STATE_TEXT,
);
