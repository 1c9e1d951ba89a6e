import type { LimitView, LineNotice } from '../../contract/views-roads.ts';
import type { StatusView } from '../../contract/views-counter.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { assertNever } from '../../domain/result.ts';
import type { ErrorSentences, ScreenErrorCode } from './error-facts.ts';
import { errorSentences } from './error-text.ts';
import { inLanguage } from './language.ts';
import { count, dateTime, dayAndTime, duration, longDay, money } from './format.ts';

/** Words around the banners. */
export const BANNER_TEXT = inLanguage(
  {
    label: 'Pemberitahuan',
    acknowledge: 'Sudah saya lihat',
    others: (banners: number): string => `${count(banners)} pemberitahuan lain`,
    fewer: 'Ringkas',
    openOutbox: 'Buka Kotak Kirim',
    openCash: 'Buka Sesi Kas',
    openDevice: 'Atur salinan kedua',
  },
  {
    label: 'Notices',
    acknowledge: 'Seen',
    others: (banners: number): string => `${count(banners)} other notices`,
    fewer: 'Fewer',
    openOutbox: 'Open the outbox',
    openCash: 'Open the cash session',
    openDevice: 'Set up the second copy',
  },
);

/** `2 hari 4 jam`, `5 jam 10 m`, `12 m`: how long until a limit is reached. */
export function countdown(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 24) return duration(ms);
  const rest = hours % 24;
  const days = `${Math.floor(hours / 24)} ${inLanguage('hari', 'days')}`;
  return rest === 0 ? days : `${days} ${rest} ${inLanguage('jam', 'h')}`;
}

/** A clock that jumped: what happened, what is safe, what to do. */
export function clockSentences(clock: StatusView['clock']): ErrorSentences {
  const { jumpMs, now } = clock;
  const way = (jump: number): string => (jump < 0 ? inLanguage('mundur', 'backwards') : inLanguage('maju', 'forwards'));
  const far = jumpMs === null ? '' : ` ${countdown(Math.abs(jumpMs))} ${way(jumpMs)}`;
  return inLanguage(
    {
      what: `Jam komputer melompat${far}.`,
      safe: 'Tidak ada transaksi yang hilang; pengiriman tetap berjalan dan catatan ditandai.',
      next: `Cocokkan tanggal dan jam. Loket memakai ${dayAndTime(now)}. Layanan menunggu tombol ini.`,
    },
    {
      what: `The computer’s clock jumped${far}.`,
      safe: 'No transaction is lost; sending goes on and records are marked.',
      next: `Set date and clock. The counter uses ${dayAndTime(now)}. Serving waits for this key.`,
    },
  );
}

const FEEDS: Readonly<Record<string, string>> = inLanguage(
  {
    rules: 'tarif',
    policy: 'kebijakan',
    officers: 'daftar petugas',
    registry: 'data kendaraan',
    decisions: 'keputusan',
    keys: 'kunci',
    releases: 'versi program',
    blocks: 'blokir kendaraan',
  },
  {
    rules: 'tariff',
    policy: 'policy',
    officers: 'list of officers',
    registry: 'vehicle data',
    decisions: 'decisions',
    keys: 'keys',
    releases: 'program versions',
    blocks: 'blocks of vehicles',
  },
);

const fact = (notice: LineNotice, key: string): string => String(notice.details[key] ?? '');
const feedOf = (notice: LineNotice): string => FEEDS[fact(notice, 'feed')] ?? fact(notice, 'feed');

function frozenFeeds(stored: string): ErrorSentences {
  return {
    what: inLanguage(
      'Server Bapenda dipulihkan dari cadangan lama.',
      'Bapenda’s server was restored from an old backup.',
    ),
    safe: inLanguage(
      `Semua transaksi tetap tersimpan ${stored} dan dikirim ulang sendiri; data baru dari Bapenda ditunda.`,
      `All transactions stay kept ${stored} and are sent again by themselves; new data of Bapenda waits.`,
    ),
    next: inLanguage(
      'Layani seperti biasa. Jika lebih dari sehari, hubungi pengawas wilayah.',
      'Serve as usual. After more than a day, call the regional supervisor.',
    ),
  };
}

function unsupported(stored: string): ErrorSentences {
  return {
    what: inLanguage(
      'Versi program ini tidak lagi dimengerti server Bapenda.',
      'Bapenda’s server no longer understands this version.',
    ),
    safe: inLanguage(
      `Pelayanan tetap berjalan; kiriman menunggu, tersimpan ${stored}.`,
      `Serving goes on; what is to be sent waits, kept ${stored}.`,
    ),
    next: inLanguage(
      'Minta pemasang memperbarui Loket OPOP. Sementara itu kirim dengan flashdisk.',
      'Ask the installer to update Loket OPOP. Meanwhile send with a flashdisk.',
    ),
  };
}

function upgrade(notice: LineNotice): ErrorSentences {
  const until = notice.details['sellsUntil'];
  const to = fact(notice, 'to');
  return {
    what: `${inLanguage('Ada versi baru Loket OPOP', 'There is a new version of Loket OPOP')}${to === '' ? '' : ` (${to})`}.`,
    safe:
      typeof until === 'number'
        ? inLanguage(
            `Versi ini masih boleh menerima uang sampai ${longDay(localDateAt(until))}.`,
            `This version may take money until ${longDay(localDateAt(until))}.`,
          )
        : inLanguage('Versi ini masih boleh menerima uang.', 'This version may still take money.'),
    next: inLanguage(
      'Minta pemasang memperbaruinya setelah sesi kas ditutup.',
      'Ask the installer to update it after the cash session is closed.',
    ),
  };
}

function refusedFeed(notice: LineNotice): ErrorSentences {
  return {
    what: inLanguage(
      `Data ${feedOf(notice)} dari Bapenda tidak dapat dipastikan asli, jadi tidak dipakai.`,
      `Bapenda’s data (${feedOf(notice)}) could not be proved genuine and is not used.`,
    ),
    safe: inLanguage(
      'Data yang lama tetap berlaku; tidak ada yang berubah.',
      'The old data stays in force; nothing changed.',
    ),
    next: inLanguage(
      `Dicoba lagi sendiri. Jika berulang, sampaikan ke pengawas wilayah: ${fact(notice, 'reason')}.`,
      `It is tried again by itself. If it happens again, tell the regional supervisor: ${fact(notice, 'reason')}.`,
    ),
  };
}

function longFault(notice: LineNotice, stored: string): ErrorSentences {
  return {
    what: inLanguage(
      `Belum ada koneksi sejak ${notice.sinceAt === null ? 'lama' : dateTime(notice.sinceAt)}.`,
      `No connection ${notice.sinceAt === null ? 'for a long time' : `since ${dateTime(notice.sinceAt)}`}.`,
    ),
    safe: inLanguage(
      `Pelayanan tetap berjalan; ${fact(notice, 'unsent')} kiriman uang menunggu, tersimpan ${stored}.`,
      `Serving goes on; ${fact(notice, 'unsent')} items of money wait, kept ${stored}.`,
    ),
    next: inLanguage(
      'Periksa modem dan kabel, atau kirim dengan flashdisk dari Kotak Kirim.',
      'Check modem and cable, or send with a flashdisk from the Outbox.',
    ),
  };
}

/** What the line has to say, in three sentences. `secondCopy`: whether unsent entries stand on another medium too. */
export function noticeSentences(notice: LineNotice, secondCopy: boolean): ErrorSentences {
  const stored = secondCopy
    ? inLanguage('di komputer ini dan di salinan kedua', 'on this computer and on the second copy')
    : inLanguage('di komputer ini', 'on this computer');
  switch (notice.code) {
    case 'CLONE':
    case 'REENROL':
    case 'CERTIFICATE_ENDED':
    case 'STOP_SELLING':
      return errorSentences('SELLING_STOPPED', { because: notice.code });
    case 'RELEASE_ENDED':
      return errorSentences('RELEASE_ENDED', notice.details);
    case 'FEEDS_FROZEN':
      return frozenFeeds(stored);
    case 'PROTOCOL_UNSUPPORTED':
      return unsupported(stored);
    case 'UPGRADE_SOON':
      return upgrade(notice);
    case 'FEED_REFUSED':
      return refusedFeed(notice);
    case 'LINE_FAULT_LONG':
      return longFault(notice, stored);
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

const STILL = inLanguage(
  'Menyimpan, mengirim, menutup kas, menyetor, dan menitipkan berkas tidak pernah dibatasi.',
  'Keeping, sending, closing, depositing and taking in papers are never limited.',
);

function ahead(limit: LimitView): string {
  const left = limit.remaining ?? 0;
  const time = limit.remainingMs === null ? '' : countdown(limit.remainingMs);
  switch (limit.cap) {
    case 'per-sale':
      return '';
    case 'cash-in-drawer':
      return inLanguage(
        `Penjualan berhenti setelah kas bertambah ${money(left)}.`,
        `Sales stop after ${money(left)} more cash.`,
      );
    case 'unconfirmed-deposits':
      return inLanguage(
        `Penjualan berhenti setelah setoran yang belum dikonfirmasi bertambah ${money(left)}.`,
        `Sales stop after ${money(left)} more of unconfirmed deposits.`,
      );
    case 'unconfirmed-deposit-days':
      return inLanguage(
        `Penjualan berhenti dalam ${time} bila setoran tertua belum dikonfirmasi bank.`,
        `Sales stop in ${time} if the bank has not confirmed the oldest deposit.`,
      );
    case 'unsent':
      return inLanguage(
        `Penjualan berhenti setelah ${count(left)} transaksi lagi bila tidak ada koneksi.`,
        `Sales stop after ${count(left)} more transactions without a connection.`,
      );
    case 'days-without-contact':
      return inLanguage(
        `Penjualan berhenti dalam ${time} bila tidak ada koneksi.`,
        `Sales stop in ${time} without a connection.`,
      );
    case 'rules-age':
      return inLanguage(
        `Penjualan berhenti dalam ${time} bila tarif tidak diperbarui.`,
        `Sales stop in ${time} unless the tariff is renewed.`,
      );
    case 'registry-age':
      return inLanguage(
        `Penjualan berhenti dalam ${time} bila data kendaraan tidak diperbarui.`,
        `Sales stop in ${time} unless the vehicle data is renewed.`,
      );
    default:
      return assertNever(limit.cap);
  }
}

const NEXT: Readonly<Record<LimitView['cap'], string>> = inLanguage(
  {
    'per-sale': '',
    'cash-in-drawer': 'Setor ke bank, lalu catat slipnya di Sesi Kas.',
    'unconfirmed-deposits': 'Tanyakan setoran yang tertua ke bank.',
    'unconfirmed-deposit-days': 'Tanyakan setoran yang tertua ke bank.',
    unsent: 'Kirim sekarang, atau kirim dengan flashdisk.',
    'days-without-contact': 'Sambungkan sekali ke Bapenda, atau tukar berkas dengan flashdisk.',
    'rules-age': 'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari flashdisk.',
    'registry-age': 'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari flashdisk.',
  },
  {
    'per-sale': '',
    'cash-in-drawer': 'Bring cash to the bank, then record its slip in Cash session.',
    'unconfirmed-deposits': 'Ask the bank about the oldest deposit.',
    'unconfirmed-deposit-days': 'Ask the bank about the oldest deposit.',
    unsent: 'Send now, or send with a flashdisk.',
    'days-without-contact': 'Connect to Bapenda once, or exchange files with a flashdisk.',
    'rules-age': 'Connect to Bapenda once, or open an answer file from a flashdisk.',
    'registry-age': 'Connect to Bapenda once, or open an answer file from a flashdisk.',
  },
);

/** A limit that comes, or that is reached: what stops, what never does, what to do. */
export function limitSentences(limit: LimitView): ErrorSentences {
  if (limit.reached) return errorSentences(REACHED[limit.cap], { limit: limit.limit, used: limit.used });
  return { what: ahead(limit), safe: STILL, next: NEXT[limit.cap] };
}
