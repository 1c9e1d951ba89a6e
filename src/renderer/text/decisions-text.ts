import type { QueueItem } from '../../contract/region.ts';
import * as ENGLISH from './en/decisions-text.ts';
import { count, dateTime, day, duration, money } from './format.ts';
import { inLanguage } from './language.ts';

/** What waits, by kind. */
export const QUEUE_WORDS: Readonly<Record<QueueItem['kind'], string>> = inLanguage(
  {
    void: 'Pembatalan',
    cancellation: 'Pembatalan hari yang sama',
    refund: 'Pengembalian uang',
    waiver: 'Keringanan syarat',
    variance: 'Selisih kas di atas toleransi',
    device: 'Loket baru',
    move: 'Gerai pindah wilayah',
    approval: 'Persetujuan atas nama Anda',
  },
  ENGLISH.QUEUE_WORDS,
);

type Choice = Readonly<{ decision: 'approved' | 'refused' | 'seen'; label: string; needsNote: boolean }>;

const CHOICES = inLanguage(
  {
    explained: 'Terima penjelasannya',
    unexplained: 'Tidak dapat diterima',
    knownDevice: 'Ya, loket ini benar',
    unknownDevice: 'Loket ini tidak saya kenal',
    seen: 'Sudah saya lihat',
    approve: 'Setujui',
    refuse: 'Tolak',
    mine: 'Ya, itu saya',
    notMine: 'Bukan saya',
  },
  ENGLISH.CHOICES,
);

const yesNo = (yes: string, no: string, needsNote = false): readonly Choice[] => [
  { decision: 'approved', label: yes, needsNote },
  { decision: 'refused', label: no, needsNote: true },
];

/** What can be said about an item; the first one is the usual one. */
export function choicesFor({ kind, approvedBy }: Pick<QueueItem, 'kind' | 'approvedBy'>): readonly Choice[] {
  if (kind === 'variance') return yesNo(CHOICES.explained, CHOICES.unexplained, true);
  if (kind === 'device') return yesNo(CHOICES.knownDevice, CHOICES.unknownDevice);
  if (kind === 'move') return [{ decision: 'seen', label: CHOICES.seen, needsNote: false }];
  return approvedBy === null ? yesNo(CHOICES.approve, CHOICES.refuse) : yesNo(CHOICES.mine, CHOICES.notMine);
}

const INDONESIAN_MAY_NOT: Readonly<Record<NonNullable<QueueItem['mayNot']>, string>> = {
  OWN_WORK: 'Ini permintaan Anda sendiri; orang lain yang memutuskan.',
  ONLY_HE_WHO_APPROVED: 'Hanya orang yang namanya dipakai menyetujui yang dapat menjawab.',
  PROVINCE_DECIDES: 'Dijawab Bapenda saat membukukan; tidak perlu tindakan Anda.',
};

const MAY_NOT = inLanguage(INDONESIAN_MAY_NOT, ENGLISH.MAY_NOT);

/** Persetujuan: everything that waits for a word of a supervisor. */
export const DECISIONS_TEXT = inLanguage(
  {
    title: 'Persetujuan',
    list: 'Yang menunggu keputusan, yang tertua di atas',
    all: (many: number): string => `Semua (${count(many)})`,
    kind: (name: string, many: number): string => `${name} (${count(many)})`,
    empty: 'Tidak ada yang menunggu keputusan Anda.',
    emptyNext: 'Yang baru muncul di sini setelah dimuat dari Bapenda.',
    row: (outlet: string, since: number, now: number): string => `${outlet} · ${duration(now - since)} lalu`,
    outlet: 'Gerai',
    amount: 'Jumlah',
    noAmount: 'tidak ada uang',
    askedBy: 'Diminta oleh',
    approvedBy: 'Sudah disetujui di loket oleh',
    nobody: 'tidak tercatat',
    reason: 'Alasan',
    noReason: 'tanpa alasan tertulis',
    since: 'Sejak',
    when: (atMs: number, now: number): string => `${dateTime(atMs)}, ${duration(now - atMs)} lalu`,
    evidence: 'Entri',
    transaction: 'Transaksi',
    businessOn: 'Hari',
    openDay: 'Buka hari itu',
    day,
    money,
    decide: 'Putuskan',
    mayNot: (why: NonNullable<QueueItem['mayNot']>): string => MAY_NOT[why],
    choose: 'Pilih satu di sebelah kiri.',
    choice: 'Keputusan',
    submit: 'Simpan dan tanda tangani',
    plh: 'Anda memutuskan atas nama',
  },
  ENGLISH.DECISIONS_TEXT,
);
