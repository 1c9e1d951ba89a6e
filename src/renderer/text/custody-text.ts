import type { BackupView, MirrorView } from '../../contract/views-custody.ts';
import type { ClosedWithCopyView } from '../../contract/views-cash.ts';
import { assertNever } from '../../domain/result.ts';
import type { ErrorSentences } from './error-facts.ts';
import { count, dateTime, time } from './format.ts';
import type { CellText } from './status-text.ts';
import { wordOf } from './word-of.ts';
import * as ENGLISH from './en/custody-text.ts';
import { inLanguage } from './language.ts';

/** The second copy, and what a flashdisk carries. */
export const CUSTODY_TEXT = inLanguage(
  {
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
    strange: (files: number): string =>
      `${count(files)} berkas di sana bukan buatan loket ini dan tidak dipercaya; laporkan ke pengawas.`,
    newFolder: 'Folder atau flashdisk',
    setFolder: 'Pakai tempat ini',
    complete: 'Lengkapi salinan',
    completed: (entries: number): string =>
      `Lengkap: ${count(entries)} catatan yang belum terkirim ada di salinan kedua.`,
    completeMeans:
      'Setelah dilengkapi, transaksi di flashdisk ini dianggap terkirim: tidak dapat lagi dibatalkan di loket ini.',
    unplug: 'Cabut flashdisk, simpan terpisah dari komputer.',
    arrange: 'Atur salinan kedua',
    backup: 'Cadangan data',
    backupWhy:
      'Seluruh data loket, tersandi untuk Bapenda, setiap kali kas ditutup. Untuk dibaca dan bukti, bukan untuk bekerja.',
    backupNow: 'Cadangkan sekarang',
    backupMaking: 'Menyalin dan membaca ulang; jangan cabut flashdisk …',
    backupLast: 'Terakhir',
    backupHolds: 'Isinya',
    backupEntries: (entries: number, size: string): string => `${count(entries)} catatan, ${size}`,
    backupKept: 'Disimpan',
    backupDays: (kept: number): string => `${count(kept)} hari terakhir`,
  },
  ENGLISH.CUSTODY_TEXT,
);

const REASONS: Readonly<Record<string, string>> = inLanguage(
  {
    MEDIUM_GONE: 'flashdisk atau foldernya tidak ada',
    TOO_SLOW: 'flashdisk terlalu lambat',
    NO_SEALING_KEY: 'kunci Bapenda belum ada',
    COPY_UNREADABLE: 'flashdisk rusak: yang baru ditulis tidak terbaca kembali',
    NONE: 'tempat salinan kedua belum dipilih',
    ENOSPC: 'flashdisk penuh',
    EROFS: 'flashdisk terkunci tulis',
    EACCES: 'folder tidak boleh ditulisi',
    EIO: 'flashdisk rusak',
    NO_ROOM: 'ruang di flashdisk tidak cukup',
    DATA_DISK_FULL: 'disk komputer ini penuh',
    DATA_DAMAGED: 'data di komputer ini rusak; hubungi pemasang',
  },
  ENGLISH.REASONS,
);

/** Why the medium does not take the copy, in words. */
export function mirrorReason(reason: string | null): string {
  return reason === null
    ? ''
    : (wordOf(REASONS, reason) ?? inLanguage('flashdisk tidak dapat ditulisi', 'the flashdisk cannot be written'));
}

/** The state of the second copy in a few words. */
export function mirrorWord(state: MirrorView['state']): string {
  switch (state) {
    case 'ok':
      return inLanguage('salinan kedua ada', 'second copy there');
    case 'behind':
      return inLanguage('salinan kedua tertinggal', 'second copy behind');
    case 'missing':
      return inLanguage('salinan kedua tidak ada', 'no second copy');
    case 'none':
      return inLanguage('salinan kedua belum diatur', 'second copy not set up');
    default:
      return assertNever(state);
  }
}

/** The state of the backups in a few words. */
export function backupWord({ state, reason }: Pick<BackupView, 'state' | 'reason'>): string {
  switch (state) {
    case 'ok':
      return inLanguage('cadangan ada dan terbaca', 'backed up, and read back');
    case 'old':
      return inLanguage('cadangan lebih tua dari seminggu', 'the backup is older than a week');
    case 'missed':
      return inLanguage(`belum berhasil: ${mirrorReason(reason)}`, `not made: ${mirrorReason(reason)}`);
    case 'never':
      return inLanguage('dibuat saat kas ditutup', 'made when the cash is closed');
    case 'none':
      return inLanguage('pilih dahulu tempat salinan kedua', 'choose the place of the second copy first');
    default:
      return assertNever(state);
  }
}

/** What stands on every screen while the backups need a person; undefined while they do not. */
export function backupSentences({ state, reason }: BackupView): ErrorSentences | undefined {
  if (state !== 'old' && state !== 'missed') return undefined;
  return {
    what:
      state === 'old'
        ? inLanguage('Cadangan data lebih tua dari seminggu.', 'The backup of the data is older than a week.')
        : inLanguage(
            `Cadangan data terakhir tidak jadi: ${mirrorReason(reason)}.`,
            `The last backup of the data was not made: ${mirrorReason(reason)}.`,
          ),
    safe: inLanguage('Transaksi tersimpan di komputer ini.', 'The transactions are kept on this computer.'),
    next: inLanguage(
      'Pasang flashdisk cadangan, lalu tekan Cadangkan sekarang di layar Perangkat.',
      'Plug in the flashdisk, then press Back up now on the screen Device.',
    ),
  };
}

/** What became of the backup at the close of the day. */
export function backupAfterClose(backup: BackupView): string {
  if (backup.state === 'none') return '';
  if (backup.making) return CUSTODY_TEXT.backupMaking;
  return backup.state === 'ok'
    ? inLanguage('Cadangan data dibuat dan terbaca.', 'The data was backed up and read back.')
    : inLanguage(`Cadangan data ${backupWord(backup)}.`, `Backup of the data: ${backupWord(backup)}.`);
}

/** Where the copy lies and when it was last written, as far as they are known. */
function placeAndTime({ folder, lastWrittenAt }: MirrorView): readonly string[] {
  const at = lastWrittenAt === null ? '' : time(lastWrittenAt);
  return [
    ...(folder === null ? [] : [inLanguage(`Tempatnya ${folder}.`, `Its place is ${folder}.`)]),
    ...(at === '' ? [] : [inLanguage(`Terakhir ditulis pukul ${at}.`, `Last written at ${at}.`)]),
  ];
}

function mirrorTitle({ state, uncovered, reason }: MirrorView): string {
  switch (state) {
    case 'ok':
      return inLanguage('Salinan kedua lengkap', 'The second copy is complete');
    case 'behind':
      return inLanguage(`${count(uncovered)} catatan belum tersalin`, `${count(uncovered)} entries not copied yet`);
    case 'missing':
      return inLanguage(`Salinan kedua tidak ada: ${mirrorReason(reason)}`, `No second copy: ${mirrorReason(reason)}`);
    case 'none':
      return inLanguage('Tempat salinan kedua belum dipilih', 'No place for a second copy is chosen');
    default:
      return assertNever(state);
  }
}

function mirrorSentences({ state, unsent, uncovered }: MirrorView): readonly string[] {
  switch (state) {
    case 'ok':
      return [
        unsent === 0
          ? inLanguage(
              'Semua sudah diterima Bapenda; tidak ada yang perlu disalin.',
              'Bapenda has received everything; nothing needs copying.',
            )
          : inLanguage(
              `${count(unsent)} catatan yang belum terkirim ada juga di salinan kedua.`,
              `${count(unsent)} unsent entries are on the second copy too.`,
            ),
      ];
    case 'behind':
      return [
        inLanguage('Penyalinan menyusul sendiri dalam beberapa detik.', 'Copying catches up by itself within seconds.'),
      ];
    case 'missing':
      return [
        inLanguage(
          `${count(uncovered)} catatan hanya ada di komputer ini.`,
          `${count(uncovered)} entries are on this computer only.`,
        ),
        inLanguage(
          'Pasang flashdisk cadangan; penyalinan berlanjut sendiri.',
          'Plug in the flashdisk; copying goes on by itself.',
        ),
      ];
    case 'none':
      return [
        inLanguage(
          'Pilih flashdisk atau folder lain di layar Perangkat, agar transaksi tidak hanya ada di komputer ini.',
          'Choose a flashdisk or another folder on the screen Device, so that transactions are not on this computer only.',
        ),
      ];
    default:
      return assertNever(state);
  }
}

/** The cell of the second copy: ok, behind, missing, none. */
export function mirrorCell(mirror: MirrorView): CellText {
  return {
    label: mirrorWord(mirror.state),
    title: mirrorTitle(mirror),
    lines: [...mirrorSentences(mirror), ...(mirror.state === 'none' ? [] : placeAndTime(mirror))],
  };
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
      what: inLanguage(
        `Salinan kedua tidak lengkap: ${mirrorReason(copy.reason)}.`,
        `The second copy is not complete: ${mirrorReason(copy.reason)}.`,
      ),
      next: inLanguage(
        'Sesi tetap tertutup dan tersimpan. Pasang flashdisk cadangan, lalu tekan Lengkapi salinan.',
        'The session stays closed and kept. Plug in the flashdisk, then press Complete the copy.',
      ),
    };
  }
  const entries =
    copy.entries === 0
      ? inLanguage(
          'Semua sudah diterima Bapenda; salinan kedua lengkap.',
          'Bapenda has received everything; the second copy is complete.',
        )
      : inLanguage(
          `Salinan kedua lengkap: ${count(copy.entries)} catatan yang belum terkirim.`,
          `The second copy is complete: ${count(copy.entries)} unsent entries.`,
        );
  return copy.medium === 'removable'
    ? { done: true, what: entries, next: CUSTODY_TEXT.unplug }
    : {
        done: true,
        what: entries,
        next: inLanguage(
          `Tersimpan di ${copy.folder ?? 'folder cadangan'}.`,
          `Kept in ${copy.folder ?? 'the other folder'}.`,
        ),
      };
}

/** `21 Nov 10.41`, or that it never was. */
export function lastWrittenText(atMs: number | null): string {
  return atMs === null ? CUSTODY_TEXT.never : dateTime(atMs);
}
