import type { QueueItem } from '../../contract/region.ts';
import { APPROVAL_ACTIONS } from '../../domain/approval.ts';
import { approvalWords } from './approval-text.ts';
import * as ENGLISH from './en/decisions-text.ts';
import { count, dateTime, day, duration, money, signedMoney } from './format.ts';
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
    askedBy: 'Diminta oleh',
    approvedBy: 'Sudah disetujui di loket oleh',
    deviceNo: 'Nomor loket',
    movesTo: 'Wilayah baru',
    number: 'Nomor',
    approved: 'Yang disetujui',
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

/**
 * What an item is about beyond its kind, as the province says it in one word: the number of a device or a refund, a region, or
 * the act for which somebody's word was used. Undefined where it says nothing.
 */
export function aboutOf({ kind, reason, amount }: QueueItem): readonly [name: string, words: string] | undefined {
  if (reason === null) return undefined;
  if (kind === 'device') return [DECISIONS_TEXT.deviceNo, reason];
  if (kind === 'move') return [DECISIONS_TEXT.movesTo, reason];
  const action = APPROVAL_ACTIONS.find((one) => one === reason);
  return action === undefined
    ? [DECISIONS_TEXT.number, reason]
    : [DECISIONS_TEXT.approved, approvalWords(action, amount ?? 0)];
}

/** The money of an item; of an approval the words of what was approved name it, and not all of those are money. */
export function amountOf({ kind, amount }: QueueItem): string | undefined {
  if (amount === null || kind === 'approval') return undefined;
  return kind === 'variance' ? signedMoney(amount) : DECISIONS_TEXT.money(amount);
}
