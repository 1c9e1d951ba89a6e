import type { OutboxRow } from '../../contract/views-counter.ts';
import type { StuckBecause } from '../../contract/views-roads.ts';
import { count, duration, time } from './format.ts';
import { wordOf } from './word-of.ts';
import { endedAsideText } from './aside-text.ts';
import * as ENGLISH from './en/outbox-text.ts';
import { inLanguage } from './language.ts';

/** Kotak Kirim. */
export const OUTBOX_TEXT = inLanguage(
  {
    title: 'Kotak Kirim',
    money: 'Uang',
    everything: 'Uang dan catatan',
    audit: (entries: number): string => (entries === 0 ? '' : `${count(entries)} catatan ikut dikirim`),
    show: 'Tampilkan',
    unsentOnly: 'Yang menunggu',
    all: 'Semua',
    sendNow: 'Kirim sekarang',
    sending: 'Sedang mengirim',
    counts: (unsent: number, money: number, pages: number): string => {
      if (unsent === 0) return 'Semua sudah diterima Bapenda.';
      const records = unsent - money - pages;
      const photos = pages === 0 ? '' : `, ${count(pages)} halaman berkas`;
      const others = records === 0 ? '' : `, ${count(records)} catatan`;
      return `${count(unsent)} menunggu: ${count(money)} transaksi${photos}${others}.`;
    },
    lastContact: (atMs: number | null): string =>
      atMs === null ? 'Belum pernah tersambung ke Bapenda.' : `Terakhir tersambung pukul ${time(atMs)}.`,
    lastCustody: (atMs: number | null): string =>
      atMs === null ? 'Belum ada bukti diterima.' : `Bukti diterima terakhir pukul ${time(atMs)}.`,
    emptyMoney: 'Tidak ada yang menunggu. Semua transaksi sudah diterima Bapenda.',
    emptyButPages: 'Semua transaksi sudah diterima Bapenda. Halaman berkas di bawah masih menunggu.',
    emptyButAside: 'Tidak ada lagi yang menunggu dikirim.',
    columns: { what: 'Isi', number: 'Nomor', age: 'Umur', state: 'Keadaan', next: 'Percobaan berikutnya' },
    age: (nowMs: number, atMs: number): string => duration(nowMs - atMs),
    tries: (tries: number): string => (tries === 0 ? 'belum dicoba' : `${count(tries)} kali dicoba`),
    nextTry: (atMs: number): string => `berikutnya ${time(atMs)}`,
    sent: (pushed: number, pulled: number): string =>
      `${count(pushed)} dikirim, ${count(pulled)} keputusan dan data diambil dari Bapenda.`,
    left: (unsent: number): string => (unsent === 0 ? 'Tidak ada yang tersisa.' : `${count(unsent)} masih menunggu.`),
    item: (seq: number): string => `Catatan ${count(seq)}`,
    laneOf: (title: string, rows: number): string => `${title} (${count(rows)})`,
    more: (rows: number): string => `dan ${count(rows)} lagi di bawahnya`,
    exportedWaits: 'menunggu berkas jawaban, atau koneksi',
    waitsForTurn: 'segera dikirim',
    quarantined: (rows: number): string => `Perlu diperiksa Bapenda (${count(rows)})`,
    quarantinedWhy:
      'Bapenda sudah menyimpan kiriman ini tetapi belum dapat membukukannya. Uangnya tidak hilang dan tidak dikirim dua kali.',
    quarantinedNext:
      'Jangan layani ulang kendaraan ini. Alasan dan langkahnya ada di Perlu Tindakan; begitu diterima, baris ini selesai sendiri.',
    stuck: (waited: string, because: string): string =>
      `Sudah ${waited} ada koneksi tetapi belum terkirim: ${because}.`,
    progress: (left: number): string => (left === 0 ? 'Semua terkirim' : `${count(left)} lagi`),

    sentTitle: 'Hasil Kirim sekarang',
    sentNothing: 'Tidak ada yang perlu dikirim.',
    stillRunning: 'Masih mengirim; sisanya menyusul dan terlihat di daftar.',
    stoppedBy: (words: string): string => `Berhenti di tengah: ${words}. Sisanya dicoba lagi sendiri.`,
    otherEntries: (entries: number): string => `${count(entries)} catatan lain`,

    toFlashdisk: 'Simpan ke flashdisk',
    fromFlashdisk: 'Buka jawaban dari flashdisk',
    exportWhy:
      'Semua kiriman yang menunggu disalin, terkunci untuk Bapenda, ke satu berkas. Tetap tersimpan di sini sampai jawabannya kembali.',
    place: 'Flashdisk',
    noPlaces: 'Belum ada flashdisk. Colokkan, lalu tunggu beberapa detik; atau ketik foldernya.',
    otherFolder: 'Folder lain',
    free: (words: string): string => `sisa ${words}`,
    save: 'Simpan',
    cancel: 'Batal',
    done: 'Selesai',
    exported: (entries: number): string => `${count(entries)} catatan ada di flashdisk`,
    exportedFile: (file: string, size: string): string => `${file} (${size})`,
    exportedSteps: [
      'Cabut flashdisk dan bawa ke pengawas atau UPT.',
      'Minta berkas jawaban dari Bapenda di flashdisk yang sama.',
      'Pasang lagi di sini dan tekan Buka jawaban: kiriman ini tertutup.',
    ],
    answerWhy: 'Pilih berkas jawaban dari Bapenda (akhiran .opop). Hanya yang bertanda tangan Bapenda yang dipakai.',
    file: 'Berkas jawaban',
    noFiles: 'Belum ada berkas .opop di flashdisk mana pun. Colokkan flashdisknya, atau ketik letak berkasnya.',
    otherFile: 'Letak berkas',
    open: 'Buka jawaban',
    closed: (items: number): string =>
      items === 0 ? 'Tidak ada kiriman baru yang tertutup' : `${count(items)} kiriman diterima Bapenda`,
    answerFacts: (quarantined: number, pages: number, unsent: number): string =>
      [
        ...(quarantined === 0 ? [] : [`${count(quarantined)} perlu diperiksa Bapenda`]),
        `${count(pages)} halaman data baru`,
        unsent === 0 ? 'tidak ada yang masih menunggu' : `${count(unsent)} masih menunggu`,
      ].join(' · '),
    answerCut: 'Berkasnya terpotong: yang utuh sudah dipakai. Minta berkas jawaban dibuat lagi.',
    answerProblems: (frames: number): string =>
      `${count(frames)} bagian tidak dapat dipastikan asli dan tidak dipakai.`,
  },
  ENGLISH.OUTBOX_TEXT,
);

const STUCK: Readonly<Record<StuckBecause, string>> = inLanguage(
  {
    GAP: 'Bapenda meminta catatan sebelumnya dulu',
    PENDING: 'Bapenda menunggu catatan sebelumnya',
    SERVER_BUSY: 'Bapenda sedang sibuk',
    CUSTODY_INVALID: 'bukti diterima dari Bapenda tidak cocok',
    ANSWER_INVALID: 'jawaban Bapenda tidak dapat dipercaya',
    KEY_MISSING: 'kunci Bapenda belum ada di komputer ini',
    PROTOCOL_UNSUPPORTED: 'versi program tidak dimengerti Bapenda',
    REFUSED: 'Bapenda menolak sambungan',
    BEHIND_OTHERS: 'menunggu giliran di belakang kiriman lain',
  },
  ENGLISH.STUCK,
);

/** Why an item waits although there is a line; undefined while that is nothing to speak of. */
export function stuckText(stuck: OutboxRow['stuck']): string | undefined {
  return stuck === null ? undefined : OUTBOX_TEXT.stuck(duration(stuck.sinceMs), STUCK[stuck.because]);
}

const VERDICTS: Readonly<Record<string, string>> = inLanguage(
  {
    ACCEPTED: 'diterima Bapenda',
    DUPLICATE: 'sudah diterima sebelumnya',
    CONFLICT: 'perlu diperiksa Bapenda: isi berbeda dengan yang sudah ada',
    QUARANTINED: 'perlu diperiksa Bapenda',
    FORK: 'perlu diperiksa Bapenda: urutan bercabang',
    SETTLED: 'diselesaikan Bapenda di luar program',
    REFUSED: 'tidak dapat diterima Bapenda',
  },
  ENGLISH.VERDICTS,
);

/** Why the province set an entry aside, or what it had said of it before. */
const VERDICT_REASONS: Readonly<Record<string, string>> = inLanguage(
  {
    UNKNOWN_TYPE: 'versi servernya belum mengenal catatan ini',
    BAD_BODY: 'isinya tidak dapat dibaca',
    UNKNOWN_OFFICER: 'petugasnya tidak dikenal',
    IMPOSSIBLE_AMOUNT: 'jumlahnya tidak cocok dengan rinciannya',
    BAD_SIGNATURE: 'tanda tangannya tidak cocok',
    DAMAGED: 'catatannya rusak di komputer ini',
    INTERNAL: 'server tidak dapat mengolahnya',
    ACCEPTED: 'diterima',
    CONFLICT: 'isinya berbeda dengan yang sudah ada',
    FORK: 'urutannya bercabang',
    QUARANTINED: 'sedang diperiksa',
  },
  ENGLISH.VERDICT_REASONS,
);

/** Why an entry is kept aside, in the few words of a row: `QUARANTINED:UNKNOWN_TYPE`. */
export function asideWord(verdict: string): string {
  const why = verdict.split(':').at(-1) ?? '';
  return VERDICT_REASONS[why] ?? VERDICT_REASONS['QUARANTINED'] ?? '';
}

/** A verdict of the province in words. */
export function verdictText(verdict: string): string {
  const [code, reason] = verdict.split(/[:(]/, 2);
  const known = VERDICTS[(code ?? '').trim()];
  if (known === undefined) return verdict;
  const why = (reason ?? '').replace(')', '').trim();
  return why === '' ? known : `${known}: ${VERDICT_REASONS[why] ?? why}`;
}

/** Why the last try did not arrive, or what the province answered. */
export function reasonText(reason: string | null): string {
  if (reason === null || reason === '') return '';
  // The names that the operating system gives to a line that is not there.
  if (/^E[A-Z]+$/.test(reason)) return REASONS['NO_LINE'] ?? '';
  return wordOf(REASONS, reason) ?? verdictText(reason);
}

const REASONS: Readonly<Record<string, string>> = inLanguage(
  {
    GAP: 'Bapenda meminta catatan sebelumnya dulu',
    PENDING: 'Bapenda menunggu catatan sebelumnya',
    KEY_MISSING: 'kunci Bapenda belum ada di komputer ini',
    PROTOCOL_UNSUPPORTED: 'versi program tidak dimengerti Bapenda',
    BUSY: 'Bapenda sedang sibuk',
    HTTP_503: 'Bapenda sedang sibuk',
    HTTP_429: 'Bapenda sedang sibuk',
    NO_LINE: 'belum ada koneksi',
    PROVINCE_REFUSED: 'Bapenda menolak sambungan',
    PROVINCE_ANSWER_INVALID: 'jawaban Bapenda tidak dapat dipercaya',
    TIMEOUT: 'Bapenda tidak menjawab tepat waktu',
  },
  ENGLISH.REASONS,
);

/** Why an item has not arrived yet, or how it came about that it has; what never was tried waits for the line, or for its turn. */
export function waitingText(row: Pick<OutboxRow, 'state' | 'lastReason' | 'aside'>, online: boolean): string {
  if (row.aside !== null) return endedAsideText(row.aside);
  if (row.state === 'quarantined' && row.lastReason !== null) return asideWord(row.lastReason);
  const said = reasonText(row.lastReason);
  if (said !== '' || row.state === 'acknowledged' || row.state === 'quarantined') return said;
  if (row.state === 'exported') return OUTBOX_TEXT.exportedWaits;
  return online ? OUTBOX_TEXT.waitsForTurn : (REASONS['NO_LINE'] ?? '');
}
