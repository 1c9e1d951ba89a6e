import type { LimitView, LineNotice } from '../../contract/views-roads.ts';
import type { StatusView } from '../../contract/views-counter.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { assertNever } from '../../domain/result.ts';
import type { ErrorSentences, ScreenErrorCode } from './error-facts.ts';
import { errorSentences } from './error-text.ts';
import { count, dateTime, dayAndTime, duration, longDay, money } from './format.ts';

/** Words around the banners. */
export const BANNER_TEXT = {
  label: 'Pemberitahuan',
  acknowledge: 'Sudah saya lihat',
  others: (banners: number): string => `${count(banners)} pemberitahuan lain`,
  fewer: 'Ringkas',
  openOutbox: 'Buka Kotak Kirim',
  openCash: 'Buka Sesi Kas',
  openDevice: 'Atur salinan kedua',
} as const;

/** `2 hari 4 jam`, `5 jam 10 m`, `12 m`: how long until a limit is reached. */
export function countdown(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 24) return duration(ms);
  const rest = hours % 24;
  return rest === 0 ? `${Math.floor(hours / 24)} hari` : `${Math.floor(hours / 24)} hari ${rest} jam`;
}

/** A clock that jumped: what happened, what is safe, what to do. */
export function clockSentences(clock: StatusView['clock']): ErrorSentences {
  const { jumpMs, now } = clock;
  const far = jumpMs === null ? '' : ` ${countdown(Math.abs(jumpMs))} ${jumpMs < 0 ? 'mundur' : 'maju'}`;
  return {
    what: `Jam komputer melompat${far}.`,
    safe: 'Tidak ada transaksi yang hilang; pengiriman tetap berjalan dan catatan ditandai.',
    next: `Cocokkan tanggal dan jam. Loket memakai ${dayAndTime(now)}. Layanan menunggu tombol ini.`,
  };
}

const FEEDS: Readonly<Record<string, string>> = {
  rules: 'tarif',
  policy: 'kebijakan',
  officers: 'daftar petugas',
  registry: 'data kendaraan',
  decisions: 'keputusan',
  keys: 'kunci',
  releases: 'versi program',
  blocks: 'blokir kendaraan',
};

const fact = (notice: LineNotice, key: string): string => String(notice.details[key] ?? '');

/** What the line has to say, in three sentences. `secondCopy`: whether unsent entries stand on another medium too. */
export function noticeSentences(notice: LineNotice, secondCopy: boolean): ErrorSentences {
  const stored = secondCopy ? 'di komputer ini dan di salinan kedua' : 'di komputer ini';
  switch (notice.code) {
    case 'CLONE':
    case 'REENROL':
    case 'CERTIFICATE_ENDED':
    case 'STOP_SELLING':
      return errorSentences('SELLING_STOPPED', { because: notice.code });
    case 'RELEASE_ENDED':
      return errorSentences('RELEASE_ENDED', notice.details);
    case 'FEEDS_FROZEN':
      return {
        what: 'Server Bapenda dipulihkan dari cadangan lama.',
        safe: `Semua transaksi tetap tersimpan ${stored} dan dikirim ulang sendiri; data baru dari Bapenda ditunda.`,
        next: 'Layani seperti biasa. Jika lebih dari sehari, hubungi pengawas wilayah.',
      };
    case 'PROTOCOL_UNSUPPORTED':
      return {
        what: 'Versi program ini tidak lagi dimengerti server Bapenda.',
        safe: `Pelayanan tetap berjalan; kiriman menunggu, tersimpan ${stored}.`,
        next: 'Minta pemasang memperbarui Loket OPOP. Sementara itu kirim dengan flashdisk.',
      };
    case 'UPGRADE_SOON': {
      const until = notice.details['sellsUntil'];
      const to = fact(notice, 'to');
      return {
        what: `Ada versi baru Loket OPOP${to === '' ? '' : ` (${to})`}.`,
        safe:
          typeof until === 'number'
            ? `Versi ini masih boleh menerima uang sampai ${longDay(localDateAt(until))}.`
            : 'Versi ini masih boleh menerima uang.',
        next: 'Minta pemasang memperbaruinya setelah sesi kas ditutup.',
      };
    }
    case 'FEED_REFUSED':
      return {
        what: `Data ${FEEDS[fact(notice, 'feed')] ?? fact(notice, 'feed')} dari Bapenda tidak dapat dipastikan asli, jadi tidak dipakai.`,
        safe: 'Data yang lama tetap berlaku; tidak ada yang berubah.',
        next: `Dicoba lagi sendiri. Jika berulang, sampaikan ke pengawas wilayah: ${fact(notice, 'reason')}.`,
      };
    case 'LINE_FAULT_LONG':
      return {
        what: `Belum ada koneksi sejak ${notice.sinceAt === null ? 'lama' : dateTime(notice.sinceAt)}.`,
        safe: `Pelayanan tetap berjalan; ${fact(notice, 'unsent')} kiriman uang menunggu, tersimpan ${stored}.`,
        next: 'Periksa modem dan kabel, atau kirim dengan flashdisk dari Kotak Kirim.',
      };
    default:
      return assertNever(notice.code);
  }
}

const REACHED: Readonly<Record<LimitView['cap'], ScreenErrorCode>> = {
  'per-sale': 'CAP_PER_SALE',
  'cash-in-drawer': 'CAP_CASH_IN_DRAWER',
  'unconfirmed-deposits': 'CAP_UNCONFIRMED_DEPOSITS',
  'unconfirmed-deposit-days': 'CAP_UNCONFIRMED_DEPOSITS',
  unsent: 'CAP_UNSENT',
  'days-without-contact': 'CAP_DAYS_WITHOUT_CONTACT',
  'rules-age': 'RULES_STALE',
  'registry-age': 'REGISTRY_STALE',
};

const STILL = 'Menyimpan, mengirim, menutup kas, menyetor, dan menitipkan berkas tidak pernah dibatasi.';

function ahead(limit: LimitView): string {
  const left = limit.remaining ?? 0;
  const time = limit.remainingMs === null ? '' : countdown(limit.remainingMs);
  switch (limit.cap) {
    case 'per-sale':
      return '';
    case 'cash-in-drawer':
      return `Penjualan berhenti setelah kas bertambah ${money(left)}.`;
    case 'unconfirmed-deposits':
      return `Penjualan berhenti setelah setoran yang belum dikonfirmasi bertambah ${money(left)}.`;
    case 'unconfirmed-deposit-days':
      return `Penjualan berhenti dalam ${time} bila setoran tertua belum dikonfirmasi bank.`;
    case 'unsent':
      return `Penjualan berhenti setelah ${count(left)} transaksi lagi bila tidak ada koneksi.`;
    case 'days-without-contact':
      return `Penjualan berhenti dalam ${time} bila tidak ada koneksi.`;
    case 'rules-age':
      return `Penjualan berhenti dalam ${time} bila tarif tidak diperbarui.`;
    case 'registry-age':
      return `Penjualan berhenti dalam ${time} bila data kendaraan tidak diperbarui.`;
    default:
      return assertNever(limit.cap);
  }
}

const NEXT: Readonly<Record<LimitView['cap'], string>> = {
  'per-sale': '',
  'cash-in-drawer': 'Setor ke bank, lalu catat slipnya di Sesi Kas.',
  'unconfirmed-deposits': 'Tanyakan setoran yang tertua ke bank.',
  'unconfirmed-deposit-days': 'Tanyakan setoran yang tertua ke bank.',
  unsent: 'Kirim sekarang, atau kirim dengan flashdisk.',
  'days-without-contact': 'Sambungkan sekali ke Bapenda, atau tukar berkas dengan flashdisk.',
  'rules-age': 'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari flashdisk.',
  'registry-age': 'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari flashdisk.',
};

/** A limit that comes, or that is reached: what stops, what never does, what to do. */
export function limitSentences(limit: LimitView): ErrorSentences {
  if (limit.reached) return errorSentences(REACHED[limit.cap], { limit: limit.limit, used: limit.used });
  return { what: ahead(limit), safe: STILL, next: NEXT[limit.cap] };
}
