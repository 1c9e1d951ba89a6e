import type { StatusView } from '../../contract/views-counter.ts';
import { assertNever } from '../../domain/result.ts';
import { DRAWER_TEXT } from './drawer-text.ts';
import { ageInDays, count, day, duration, money, roughMoney, shortDay, shortMoney, time } from './format.ts';

/** Names of the screens on the rail. */
export const SCREEN_NAMES = {
  service: 'Layanan',
  home: 'Beranda',
  outbox: 'Kotak Kirim',
  exceptions: 'Perlu Tindakan',
  documents: 'Berkas',
  cash: 'Sesi Kas',
  history: 'Riwayat',
  reports: 'Laporan',
  device: 'Perangkat',
  'remote-code': 'Kode jauh',
  audit: 'Pemeriksaan',
} as const;

/** A screen that stands on the rail. */
export type ScreenName = keyof typeof SCREEN_NAMES;

/** Names of the roles. */
export const ROLE_NAMES = {
  officer: 'Petugas',
  supervisor: 'Pengawas',
  installer: 'Pemasang',
  auditor: 'Pemeriksa',
} as const;

/** Frame around every screen. */
export const FRAME_TEXT = {
  product: 'Loket OPOP',
  railLabel: 'Layar',
  statusLabel: 'Keadaan loket',
  openedAt: (atMs: number): string => `Sesi Kas dibuka ${time(atMs)}`,
  noSession: 'Sesi Kas belum dibuka',
  lock: 'Kunci',
  signOut: 'Keluar',
  signOutHint: 'Keluar tidak mengubah apa pun; transaksi tetap tersimpan.',
  training: 'LATIHAN',
  demo: 'PERAGAAN',
  loading: 'Memuat',
  close: 'Tutup',
  hostSilent: 'Program loket tidak menjawab. Yang sudah tersimpan tetap aman. Menyambung lagi sendiri.',
  crashed: 'Layar ini berhenti karena kesalahan program.',
  crashedSafe: 'Semua transaksi yang sudah tersimpan tetap aman.',
  crashedNext: 'Tekan Muat ulang. Jika terulang, sampaikan ke pemasang.',
  reload: 'Muat ulang',
} as const;

/** Words of the Ctrl+K palette. */
export const PALETTE_TEXT = {
  title: 'Cari layar, nomor polisi, atau nomor struk',
  placeholder: 'Ketik nama layar, nomor polisi, atau nomor struk',
  serve: (plate: string): string => `Layani ${plate}`,
  find: (text: string): string => `Cari "${text}" di Riwayat`,
  part: (name: string): string => `Berkas: ${name}`,
  hint: 'Panah memilih, Enter membuka, Esc menutup',
} as const;

/** One cell of the status bar: the short word and figure, and its explanation. */
export type CellText = Readonly<{ label: string; title: string; lines: readonly string[] }>;

/** The line, `tanpa koneksi 1 jam 29 m`. */
export function lineCell(status: StatusView): CellText {
  const { line, clock, outbox } = status;
  const since = line.since === null ? '' : ` ${duration(clock.now - line.since)}`;
  const contact =
    line.lastContactAt === null
      ? 'Belum pernah tersambung ke Bapenda.'
      : `Terakhir tersambung pukul ${time(line.lastContactAt)} (${duration(clock.now - line.lastContactAt)} lalu).`;
  if (line.online) {
    return {
      label: line.doing === 'pushing' ? 'mengirim' : 'tersambung',
      title: 'Tersambung ke Bapenda',
      lines: [doingSentence(status), contact],
    };
  }
  return {
    label: `tanpa koneksi${since}`,
    title: line.since === null ? 'Belum ada koneksi' : `Belum ada koneksi sejak pukul ${time(line.since)}`,
    lines: [
      `Pelayanan tetap berjalan; ${count(outbox.unsent)} kiriman uang menunggu dan tersimpan di komputer ini.`,
      contact,
      doingSentence(status),
    ],
  };
}

/** What the program is doing about the line right now. */
export function doingSentence({ line, clock }: Pick<StatusView, 'line' | 'clock'>): string {
  switch (line.doing) {
    case 'idle':
      return 'Tidak ada yang perlu dikirim sekarang.';
    case 'connecting':
      return 'Sedang menyambung ke Bapenda.';
    case 'pushing':
      return 'Sedang mengirim ke Bapenda.';
    case 'pulling':
      return 'Sedang mengambil keputusan dan data dari Bapenda.';
    case 'waiting':
      return line.nextTryAt === null || line.nextTryAt <= clock.now
        ? 'Segera dicoba lagi.'
        : `Dicoba lagi dalam ${duration(line.nextTryAt - clock.now)} (pukul ${time(line.nextTryAt)}).`;
    default:
      return assertNever(line.doing);
  }
}

/** What waits to be sent. */
export function unsentCell({ outbox, clock }: StatusView): CellText {
  const lines = [
    outbox.unsent === 0
      ? 'Semua transaksi sudah diterima Bapenda.'
      : 'Transaksi dan kejadian kas ini tersimpan di komputer ini dan dikirim sendiri begitu ada koneksi.',
    ...(outbox.oldestAt === null ? [] : [`Yang tertua menunggu ${duration(clock.now - outbox.oldestAt)}.`]),
    ...(outbox.quarantined === 0 ? [] : [`${count(outbox.quarantined)} perlu diperiksa Bapenda.`]),
  ];
  return {
    label: outbox.unsent === 0 ? 'semua terkirim' : `${count(outbox.unsent)} menunggu`,
    title: outbox.unsent === 0 ? 'Tidak ada yang menunggu' : `${count(outbox.unsent)} menunggu dikirim ke Bapenda`,
    lines,
  };
}

/** `Rp344.700`, or `Rp300.000 lebih` while a drawer stands open that must be counted blind. */
export function cashFigure(cash: StatusView['cash']): string {
  return (cash.rough ? roughMoney : money)(cash.undeposited);
}

const MS_PER_HOUR = 3_600_000;
/** Minutes are told in the last hour only: the bar has little room. */
const wholeHours = (ms: number): number => (ms < MS_PER_HOUR ? ms : ms - (ms % MS_PER_HOUR));

/** Cash not deposited against its cap, and how long until it must be at the bank. */
export function cashCell({ cash }: StatusView): CellText {
  const left = cash.cap - cash.undeposited;
  const { due } = cash;
  const countdown =
    due === null ? '' : due.overdue ? ', terlambat' : `, setor ${duration(wholeHours(due.remainingMs))}`;
  return {
    label: `kas belum disetor ${shortMoney(cash.undeposited)} / ${shortMoney(cash.cap)}${countdown}`,
    title: `Kas belum disetor ${cashFigure(cash)}`,
    lines: [
      `Batas loket ini ${money(cash.cap)}.`,
      ...(due === null ? [] : [DRAWER_TEXT.due(due)]),
      left > 0
        ? `Masih dapat menerima ${cash.rough ? 'kira-kira ' : ''}${money(left)} sebelum harus menyetor.`
        : 'Batas tercapai: setor dulu sebelum menerima uang lagi.',
    ],
  };
}

/** Names of the two meters. */
export const METER_TEXT = {
  drawer: 'Kas di loket (laci dan brankas)',
  deposits: 'Setoran belum dikonfirmasi bank',
} as const;

/** `Rp3.100.000 dari Rp10.000.000`, or without a limit only the figure. */
export function meterFigure(amount: number, limit: number | null, rough: boolean): string {
  const figure = (rough ? roughMoney : money)(amount);
  return limit === null ? `${figure}, tanpa batas` : `${figure} dari ${money(limit)}`;
}

/** Date of the tariff. */
export function rulesCell({ rules }: StatusView): CellText {
  if (rules.issuedOn === null) {
    return {
      label: 'tarif belum ada',
      title: 'Belum ada tarif',
      lines: ['Tarif datang dari Bapenda saat ada koneksi. Sampai itu loket hanya menerima berkas.'],
    };
  }
  return {
    label: `tarif per ${shortDay(rules.issuedOn)}`,
    title: `Tarif per ${day(rules.issuedOn)}`,
    lines: [
      `Paket ${rules.packId ?? 'tanpa nama'}, umur ${ageInDays(rules.ageDays ?? 0)}.`,
      rules.nextChangeOn === null
        ? 'Tidak ada perubahan tarif yang diumumkan.'
        : `Tarif berubah ${day(rules.nextChangeOn)}; ${rules.nextPackKnown ? 'tarif barunya sudah ada di sini.' : 'tarif barunya belum ada di sini.'}`,
    ],
  };
}

/** Date of the vehicle data. */
export function registryCell({ registry }: StatusView): CellText {
  if (registry.dataOn === null) {
    return {
      label: 'data kendaraan belum ada',
      title: 'Belum ada data kendaraan',
      lines: ['Data kendaraan datang dari Bapenda saat ada koneksi.'],
    };
  }
  return {
    label: `data kendaraan per ${shortDay(registry.dataOn)}`,
    title: `Data kendaraan per ${day(registry.dataOn)}`,
    lines: [`${count(registry.vehicles)} kendaraan di komputer ini, umur ${ageInDays(registry.ageDays ?? 0)}.`],
  };
}

/** The clock and how far it can be believed. */
export function clockCell({ clock }: StatusView): CellText {
  const now = `Jam loket ${time(clock.now)} WIB.`;
  switch (clock.trust) {
    case 'anchored':
      return { label: 'jam cocok', title: 'Jam cocok dengan Bapenda', lines: [now] };
    case 'rtc':
      return {
        label: 'jam komputer',
        title: 'Jam dari komputer ini',
        lines: [now, 'Belum dicocokkan dengan Bapenda sejak komputer dinyalakan. Pelayanan tetap berjalan.'],
      };
    case 'clamped':
      return {
        label: 'jam ditahan',
        title: 'Jam komputer mundur',
        lines: [now, 'Jam komputer lebih awal daripada transaksi terakhir; program memakai waktu transaksi terakhir.'],
      };
    case 'suspect':
      return {
        label: 'jam meragukan',
        title: 'Jam komputer meragukan',
        lines: [now, 'Jam komputer melompat. Cocokkan tanggal dan jam; tidak ada pengiriman yang terhenti karenanya.'],
      };
    default:
      return assertNever(clock.trust);
  }
}
