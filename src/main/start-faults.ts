import type { Refusal } from '../contract/errors.ts';
import { assertNever } from '../domain/result.ts';
import type { ServeRefusal } from './shells/browser/serve-counter.ts';

/** What a person at the terminal or before an empty window reads: what happened, what is safe, what to do. */
const SENTENCES: Readonly<Partial<Record<Refusal['code'], string>>> = {
  DATA_IN_USE:
    'Loket sudah berjalan dengan data ini. Data aman. Pakai jendela yang sudah terbuka, atau tutup dulu program itu.',
  DATABASE_DAMAGED:
    'Basis data loket rusak. Berkasnya dibiarkan apa adanya, tidak dihapus dan tidak diganti. Jangan menghapus apa pun. Pemasang menyelamatkan isinya ke folder baru dengan `loket salvage --data FOLDER_LAMA --out FOLDER_BARU`; yang belum terkirim juga ada di flashdisk cadangan.',
  DATABASE_FROM_FUTURE:
    'Basis data ini dibuat oleh versi program yang lebih baru. Data aman dan tidak diubah. Pasang versi program yang lebih baru.',
  BACKUP_FAILED:
    'Cadangan tidak dibuat atau tidak dapat dibuka. Data loket dan cadangan lain tidak diubah. Periksa flashdisk, nama berkas dan foldernya.',
  TRAINING_MIXED:
    'Folder ini data latihan yang dibuka tanpa --training, atau data sungguhan yang dibuka sebagai latihan. Tidak ada yang diubah.',
  DATA_IS_COPY:
    'Folder ini cadangan untuk dibaca, bukan data loket. Tidak ada yang diubah. Jalankan loket dengan foldernya sendiri; bila komputernya mati, daftarkan komputer baru dengan kode dari Bapenda dan bawa salinan kedua dengan `loket recover`.',
  DISK_FULL: 'Disk penuh. Yang sudah tersimpan tetap aman. Kosongkan ruang pada disk, lalu jalankan lagi.',
  STORAGE_FAILED:
    'Disk tidak dapat dibaca atau ditulis. Yang sudah tersimpan tidak diubah. Periksa disk dan izin folder data, lalu jalankan lagi.',
  KEY_STORE_UNAVAILABLE:
    'Kunci perangkat tidak dapat dibuka. Data aman tetapi terkunci. Jalankan sebagai pengguna yang mendaftarkan loket ini, atau beri kata sandinya dengan `--passphrase-file`.',
};

/** What is wrong with a data folder, and what to do, by the reason of DATA_FOLDER_UNUSABLE. */
const FOLDER_SENTENCES: Readonly<Record<string, readonly [what: string, next: string]>> = {
  NOT_A_FOLDER: [
    'di tempatnya ada berkas, bukan folder',
    'Pindahkan berkas itu, atau jalankan loket dengan folder datanya sendiri.',
  ],
  READ_ONLY: [
    'disknya hanya dapat dibaca',
    'Pemasang membuka kunci disk itu atau memeriksanya: disk yang rusak dikunci oleh komputer sendiri.',
  ],
  NO_RIGHTS: [
    'pengguna ini tidak berhak menulis di dalamnya',
    'Jalankan sebagai pengguna yang dibuat pemasang untuk loket, atau pulihkan hak folder itu.',
  ],
  NOT_THERE: ['tempatnya tidak ada', 'Sambungkan disk yang memuat folder itu, lalu jalankan lagi.'],
  GONE: [
    'kosong, padahal komputer ini pernah dipakai sebagai loket',
    'Sambungkan disk yang memuat data itu. Bila datanya memang hilang: daftarkan lagi dengan `--data` folder baru, lalu langkah 3 dari "Ganti komputer" di buku panduan.',
  ],
};

function folderSentence(details: Refusal['details']): string {
  const [what, next] = FOLDER_SENTENCES[String(details?.['reason'])] ?? ['tidak dapat dipakai', 'Hubungi pemasang.'];
  const folder = String(details?.['folder']);
  return `Folder data loket ${folder} tidak dapat dipakai: ${what}. Loket tidak dijalankan; tidak ada data yang dibuat, diubah, atau dihapus. ${next}`;
}

/** The sentence of a refused start; the code stands at its end, for the log and for support. */
export function refusalSentence(refusal: Refusal): string {
  const sentence =
    refusal.code === 'DATA_FOLDER_UNUSABLE'
      ? folderSentence(refusal.details)
      : (SENTENCES[refusal.code] ?? 'Loket tidak dapat dijalankan. Data tidak diubah.');
  const pid = refusal.details?.['pid'];
  const hasReason = refusal.code === 'BACKUP_FAILED' || refusal.code === 'DATA_FOLDER_UNUSABLE';
  const reason = hasReason ? `, ${String(refusal.details?.['reason'])}` : '';
  return `${sentence} (${refusal.code}${pid === undefined || pid === null ? '' : `, proses ${pid}`}${reason})`;
}

/** The same for everything that keeps the browser host from serving. */
export function serveFaultSentence(fault: ServeRefusal): string {
  switch (fault.kind) {
    case 'app':
      return refusalSentence(fault.refusal);
    case 'port-in-use':
      return `Port ${fault.port} dipakai program lain. Data aman. Pilih port lain dengan --port, atau tutup program itu.`;
    case 'page-not-built':
      return `Layar belum dibangun di ${fault.folder}. Jalankan "npm run build:renderer", lalu ulangi.`;
    default:
      return assertNever(fault);
  }
}

/** The machine-readable form for the command line: `{"error": {code, message, path}}`. */
export function serveFaultError(fault: ServeRefusal): {
  readonly error: { readonly code: string; readonly message: string; readonly path: readonly string[] };
} {
  const code =
    fault.kind === 'app' ? fault.refusal.code : fault.kind === 'port-in-use' ? 'PORT_IN_USE' : 'SCREENS_NOT_BUILT';
  const path = fault.kind === 'app' ? (fault.refusal.path ?? []) : fault.kind === 'port-in-use' ? ['port'] : [];
  return { error: { code, message: serveFaultSentence(fault), path } };
}
