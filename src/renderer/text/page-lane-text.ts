import type { PageLane } from '../../contract/views-documents.ts';
import { assertNever } from '../../domain/result.ts';
import type { Tone } from './axes-text.ts';
import { PAGE_STATE_TEXT } from './capture-text.ts';
import { bytes, count, duration, time } from './format.ts';
import { reasonText } from './outbox-text.ts';
import { wordOf } from './word-of.ts';
import * as ENGLISH from './en/page-lane-text.ts';
import { inLanguage } from './language.ts';

type Row = PageLane['rows'][number];

/** Kotak Kirim, the lane of documents. */
export const PAGE_LANE_TEXT = inLanguage(
  {
    title: 'Berkas',
    laneOf: (waiting: number): string => (waiting === 0 ? 'Berkas' : `Berkas (${count(waiting)})`),
    empty: 'Tidak ada halaman yang menunggu.',
    why: 'Halaman punya jalur sendiri, sehingga uang tidak pernah menunggu foto.',
    columns: { what: 'Halaman', number: 'Nomor', size: 'Terkirim', state: 'Keadaan', next: 'Percobaan berikutnya' },
    page: (label: string, pageNo: number): string => `${label}, halaman ${count(pageNo)}`,
    progress: (sent: number, all: number): string => `${bytes(sent)} dari ${bytes(all)}`,
    progressOf: (label: string): string => `Terkirim dari ${label}`,
    tries: (tries: number): string => (tries === 0 ? 'belum dicoba' : `${count(tries)} kali dicoba`),
    nextTry: (atMs: number): string => `berikutnya ${time(atMs)}`,
    more: (left: number): string => `dan ${count(left)} halaman lagi di bawahnya`,
  },
  ENGLISH.PAGE_LANE_TEXT,
);

function doingText(doing: PageLane['doing']): string {
  switch (doing) {
    case 'idle':
      return inLanguage('Jalur berkas siap.', 'The lane is ready.');
    case 'sending':
      return inLanguage('Sedang mengirim halaman.', 'Sending pages.');
    case 'waiting':
      return inLanguage('Menunggu giliran: uang didahulukan.', 'Waiting: money goes first.');
    case 'no-line':
      return inLanguage(
        'Belum ada koneksi; halaman tersimpan terkunci di komputer ini.',
        'No connection yet; pages are kept sealed on this computer.',
      );
    default:
      return assertNever(doing);
  }
}

/** `Sedang mengirim halaman. 12 halaman (2,9 MB), 48 kB/detik, sisa 1 m, batas 64 kB/detik.`: what the lane does now. */
export function laneSentence(lane: Omit<PageLane, 'rows' | 'left'>): string {
  if (lane.waiting === 0) return PAGE_LANE_TEXT.empty;
  const second = inLanguage('detik', 's');
  const facts = [
    `${count(lane.waiting)} ${inLanguage('halaman', 'pages')} (${bytes(lane.waitingBytes)})`,
    ...(lane.speed === null ? [] : [`${bytes(lane.speed)}/${second}`]),
    ...(lane.secondsLeft === null
      ? []
      : [inLanguage(`sisa ${duration(lane.secondsLeft * 1000)}`, `${duration(lane.secondsLeft * 1000)} left`)]),
    ...(lane.cap === null ? [] : [`${inLanguage('batas', 'at most')} ${bytes(lane.cap)}/${second}`]),
  ];
  return `${doingText(lane.doing)} ${facts.join(', ')}.`;
}

const TONES: Readonly<Record<Row['state'], Tone>> = {
  local: 'waiting',
  uploading: 'moving',
  exported: 'moving',
  stored: 'settled',
  refused: 'person',
  missing: 'person',
};

/** Where a page is, as colour and word. */
export function pageMark(state: Row['state']): Readonly<{ tone: Tone; word: string }> {
  return { tone: TONES[state], word: PAGE_STATE_TEXT[state] };
}

const REASONS: Readonly<Record<string, string>> = inLanguage(
  {
    NOT_A_PICTURE: 'Bapenda tidak dapat membacanya sebagai gambar: ambil ulang',
    TOO_LARGE: 'terlalu besar untuk Bapenda: ambil ulang',
    KEY_UNUSABLE: 'kuncinya tidak dapat dibuka Bapenda: ambil ulang',
    LOST_HERE: 'berkasnya hilang dari komputer ini: ambil ulang',
    UNREADABLE: 'berkasnya rusak di komputer ini: ambil ulang',
    ABORTED: 'terputus di tengah, dilanjutkan dari situ',
    UPLOAD_ANSWER: 'jawaban Bapenda terpotong, dilanjutkan dari situ',
  },
  ENGLISH.REASONS,
);

/** Why a page has not arrived yet, in words; a number of the wire is never shown alone. */
export function pageReason(reason: string | null): string {
  if (reason === null) return '';
  if (/^UPLOAD_\d+$/.test(reason))
    return inLanguage('Bapenda belum menerimanya, dicoba lagi', 'not received by Bapenda yet, tried again');
  return wordOf(REASONS, reason) ?? reasonText(reason);
}
