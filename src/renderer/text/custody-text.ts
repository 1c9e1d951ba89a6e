import type { MirrorView } from '../../contract/views-custody.ts';
import type { ClosedWithCopyView } from '../../contract/views-cash.ts';
import { assertNever } from '../../domain/result.ts';
import { count, dateTime, time } from './format.ts';
import type { CellText } from './frame-text.ts';
import { wordOf } from './word-of.ts';

/** The second copy, and what a flashdisk carries. */
export const CUSTODY_TEXT = {
  title: 'Salinan kedua',
  why: 'Setiap transaksi disalin, terkunci untuk Bapenda, ke folder atau flashdisk ini sebelum struknya dicetak.',
  state: 'Keadaan',
  folder: 'Tempat',
  noFolder: 'belum dipilih',
  medium: 'Jenis',
  mediums: { folder: 'folder di disk', removable: 'flashdisk' },
  through: 'Tersalin sampai',
  throughSeq: (seq: number): string => `catatan ${count(seq)}`,
  lastWritten: 'Terakhir ditulis',
  never: 'belum pernah',
  foreign: (files: number): string =>
    `${count(files)} berkas di sana berasal dari riwayat lain komputer ini; dibiarkan dan tidak dihapus.`,
  newFolder: 'Folder atau flashdisk',
  setFolder: 'Pakai tempat ini',
  complete: 'Lengkapi salinan',
  completed: (entries: number): string =>
    `Lengkap: ${count(entries)} catatan yang belum terkirim ada di salinan kedua.`,
  unplug: 'Cabut flashdisk, simpan terpisah dari komputer.',
  arrange: 'Atur salinan kedua',
} as const;

const REASONS: Readonly<Record<string, string>> = {
  MEDIUM_GONE: 'flashdisk atau foldernya tidak ada',
  TOO_SLOW: 'flashdisk terlalu lambat',
  NO_SEALING_KEY: 'kunci Bapenda belum ada',
  COPY_UNREADABLE: 'flashdisk rusak: yang baru ditulis tidak terbaca kembali',
  NONE: 'tempat salinan kedua belum dipilih',
  ENOSPC: 'flashdisk penuh',
  EROFS: 'flashdisk terkunci tulis',
  EACCES: 'folder tidak boleh ditulisi',
  EIO: 'flashdisk rusak',
};

/** Why the medium does not take the copy, in words. */
export function mirrorReason(reason: string | null): string {
  return reason === null ? '' : (wordOf(REASONS, reason) ?? 'flashdisk tidak dapat ditulisi');
}

/** The state of the second copy in a few words. */
export function mirrorWord(state: MirrorView['state']): string {
  switch (state) {
    case 'ok':
      return 'salinan kedua ada';
    case 'behind':
      return 'salinan kedua tertinggal';
    case 'missing':
      return 'salinan kedua tidak ada';
    case 'none':
      return 'salinan kedua belum diatur';
    default:
      return assertNever(state);
  }
}

/** The cell of the second copy: ok, behind, missing, none. */
export function mirrorCell(mirror: MirrorView): CellText {
  const last = mirror.lastWrittenAt === null ? [] : [`Terakhir ditulis pukul ${time(mirror.lastWrittenAt)}.`];
  const place = mirror.folder === null ? [] : [`Tempatnya ${mirror.folder}.`];
  switch (mirror.state) {
    case 'ok':
      return {
        label: mirrorWord('ok'),
        title: 'Salinan kedua lengkap',
        lines: [
          mirror.unsent === 0
            ? 'Semua sudah diterima Bapenda; tidak ada yang perlu disalin.'
            : `${count(mirror.unsent)} catatan yang belum terkirim ada juga di salinan kedua.`,
          ...place,
          ...last,
        ],
      };
    case 'behind':
      return {
        label: mirrorWord('behind'),
        title: `${count(mirror.uncovered)} catatan belum tersalin`,
        lines: ['Penyalinan menyusul sendiri dalam beberapa detik.', ...place, ...last],
      };
    case 'missing':
      return {
        label: mirrorWord('missing'),
        title: `Salinan kedua tidak ada: ${mirrorReason(mirror.reason)}`,
        lines: [
          `${count(mirror.uncovered)} catatan hanya ada di komputer ini.`,
          'Pasang flashdisk cadangan; penyalinan berlanjut sendiri.',
          ...place,
          ...last,
        ],
      };
    case 'none':
      return {
        label: mirrorWord('none'),
        title: 'Tempat salinan kedua belum dipilih',
        lines: ['Pilih flashdisk atau folder lain di layar Perangkat, agar transaksi tidak hanya ada di komputer ini.'],
      };
    default:
      return assertNever(mirror.state);
  }
}

/** The last page of a cash session: what to do with the medium. */
export function afterClose(copy: ClosedWithCopyView['secondCopy']): {
  readonly done: boolean;
  readonly what: string;
  readonly next: string;
} {
  if (!copy.completed) {
    return {
      done: false,
      what: `Salinan kedua tidak lengkap: ${mirrorReason(copy.reason)}.`,
      next: 'Sesi tetap tertutup dan tersimpan. Pasang flashdisk cadangan, lalu tekan Lengkapi salinan.',
    };
  }
  const entries =
    copy.entries === 0
      ? 'Semua sudah diterima Bapenda; salinan kedua lengkap.'
      : `Salinan kedua lengkap: ${count(copy.entries)} catatan yang belum terkirim.`;
  return copy.medium === 'removable'
    ? { done: true, what: entries, next: CUSTODY_TEXT.unplug }
    : { done: true, what: entries, next: `Tersimpan di ${copy.folder ?? 'folder cadangan'}.` };
}

/** `21 Nov 10.41`, or that it never was. */
export function lastWrittenText(atMs: number | null): string {
  return atMs === null ? CUSTODY_TEXT.never : dateTime(atMs);
}
