import type { StatusView } from '../../contract/views-counter.ts';
import { assertNever } from '../../domain/result.ts';
import { DRAWER_TEXT } from './drawer-text.ts';
import { ageInDays, count, day, duration, money, roughMoney, shortDay, shortMoney, time } from './format.ts';
import { inLanguage } from './language.ts';

/** One cell of the status bar: the short word and figure, and its explanation. */
export type CellText = Readonly<{ label: string; title: string; lines: readonly string[] }>;

/** The line, `tanpa koneksi 1 jam 29 m`. */
export function lineCell(status: StatusView): CellText {
  const { line, clock, outbox } = status;
  const since = line.since === null ? '' : ` ${duration(clock.now - line.since)}`;
  const contact =
    line.lastContactAt === null
      ? inLanguage('Belum pernah tersambung ke Bapenda.', 'Never connected to Bapenda yet.')
      : inLanguage(
          `Terakhir tersambung pukul ${time(line.lastContactAt)} (${duration(clock.now - line.lastContactAt)} lalu).`,
          `Last connected at ${time(line.lastContactAt)} (${duration(clock.now - line.lastContactAt)} ago).`,
        );
  if (line.online) {
    return {
      label: line.doing === 'pushing' ? inLanguage('mengirim', 'sending') : inLanguage('tersambung', 'connected'),
      title: inLanguage('Tersambung ke Bapenda', 'Connected to Bapenda'),
      lines: [doingSentence(status), contact],
    };
  }
  return {
    label: `${inLanguage('tanpa koneksi', 'no connection')}${since}`,
    title:
      line.since === null
        ? inLanguage('Belum ada koneksi', 'No connection yet')
        : inLanguage(`Belum ada koneksi sejak pukul ${time(line.since)}`, `No connection since ${time(line.since)}`),
    lines: [
      inLanguage(
        `Pelayanan tetap berjalan; ${count(outbox.unsent)} kiriman uang menunggu dan tersimpan di komputer ini.`,
        `Serving goes on; ${count(outbox.unsent)} items of money wait and are kept on this computer.`,
      ),
      contact,
      doingSentence(status),
    ],
  };
}

/** What the program is doing about the line right now. */
export function doingSentence({ line, clock }: Pick<StatusView, 'line' | 'clock'>): string {
  switch (line.doing) {
    case 'idle':
      return inLanguage('Tidak ada yang perlu dikirim sekarang.', 'Nothing needs sending now.');
    case 'connecting':
      return inLanguage('Sedang menyambung ke Bapenda.', 'Connecting to Bapenda.');
    case 'pushing':
      return inLanguage('Sedang mengirim ke Bapenda.', 'Sending to Bapenda.');
    case 'pulling':
      return inLanguage(
        'Sedang mengambil keputusan dan data dari Bapenda.',
        'Fetching decisions and data from Bapenda.',
      );
    case 'waiting':
      return line.nextTryAt === null || line.nextTryAt <= clock.now
        ? inLanguage('Segera dicoba lagi.', 'Tried again at once.')
        : inLanguage(
            `Dicoba lagi dalam ${duration(line.nextTryAt - clock.now)} (pukul ${time(line.nextTryAt)}).`,
            `Tried again in ${duration(line.nextTryAt - clock.now)} (at ${time(line.nextTryAt)}).`,
          );
    default:
      return assertNever(line.doing);
  }
}

/** The few words of the bar: what waits, what is kept aside, and that all is received only where neither is so. */
function unsentLabel({ unsent, quarantined }: StatusView['outbox']): string {
  const waiting = unsent === 0 ? [] : [inLanguage(`${count(unsent)} menunggu`, `${count(unsent)} waiting`)];
  const aside =
    quarantined === 0 ? [] : [inLanguage(`${count(quarantined)} ditahan Bapenda`, `${count(quarantined)} kept aside`)];
  const parts = [...waiting, ...aside];
  return parts.length === 0 ? inLanguage('semua terkirim', 'all sent') : parts.join(', ');
}

function unsentTitle({ unsent, quarantined }: StatusView['outbox']): string {
  if (unsent > 0) {
    return inLanguage(`${count(unsent)} menunggu dikirim ke Bapenda`, `${count(unsent)} waiting to be sent to Bapenda`);
  }
  return quarantined === 0
    ? inLanguage('Tidak ada yang menunggu', 'Nothing is waiting')
    : inLanguage(`${count(quarantined)} ditahan Bapenda`, `${count(quarantined)} kept aside by Bapenda`);
}

const SENT_BY_ITSELF = inLanguage(
  'Transaksi dan kejadian kas ini tersimpan di komputer ini dan dikirim sendiri begitu ada koneksi.',
  'These transactions and cash events are kept on this computer and are sent by themselves once there is a connection.',
);

/** What waits to be sent, and what the province keeps aside. */
export function unsentCell({
  outbox,
  clock,
}: Readonly<{ outbox: StatusView['outbox']; clock: Pick<StatusView['clock'], 'now'> }>): CellText {
  const { unsent, quarantined, oldestAt } = outbox;
  const lines = [
    ...(unsent > 0 ? [SENT_BY_ITSELF] : []),
    ...(unsent === 0 && quarantined === 0
      ? [inLanguage('Semua transaksi sudah diterima Bapenda.', 'Bapenda has received every transaction.')]
      : []),
    ...(oldestAt === null
      ? []
      : [
          inLanguage(
            `Yang tertua menunggu ${duration(clock.now - oldestAt)}.`,
            `The oldest has waited ${duration(clock.now - oldestAt)}.`,
          ),
        ]),
    ...(quarantined === 0
      ? []
      : [
          inLanguage(
            `${count(quarantined)} sudah disimpan Bapenda tetapi belum dapat dibukukan. Uangnya tercatat; jangan layani ulang.`,
            `Bapenda keeps ${count(quarantined)} but cannot book it yet. The money is recorded; do not serve again.`,
          ),
          inLanguage('Alasannya ada di Kotak Kirim dan Perlu Tindakan.', 'Why is in the Outbox and in Needs action.'),
        ]),
  ];
  return { label: unsentLabel(outbox), title: unsentTitle(outbox), lines };
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
    due === null
      ? ''
      : due.overdue
        ? inLanguage(', terlambat', ', overdue')
        : inLanguage(
            `, setor ${duration(wholeHours(due.remainingMs))}`,
            `, deposit in ${duration(wholeHours(due.remainingMs))}`,
          );
  return {
    label: `${inLanguage('kas belum disetor', 'cash not deposited')} ${shortMoney(cash.undeposited)} / ${shortMoney(cash.cap)}${countdown}`,
    title: `${inLanguage('Kas belum disetor', 'Cash not deposited')} ${cashFigure(cash)}`,
    lines: [
      inLanguage(`Batas loket ini ${money(cash.cap)}.`, `The limit of this counter is ${money(cash.cap)}.`),
      ...(due === null ? [] : [DRAWER_TEXT.due(due)]),
      left > 0
        ? inLanguage(
            `Masih dapat menerima ${cash.rough ? 'kira-kira ' : ''}${money(left)} sebelum harus menyetor.`,
            `It can still take ${cash.rough ? 'about ' : ''}${money(left)} before a deposit is needed.`,
          )
        : inLanguage(
            'Batas tercapai: setor dulu sebelum menerima uang lagi.',
            'The limit is reached: deposit before taking money again.',
          ),
    ],
  };
}

/** Names of the two meters. */
export const METER_TEXT = inLanguage(
  {
    drawer: 'Kas di loket (laci dan brankas)',
    deposits: 'Setoran belum dikonfirmasi bank',
  },
  {
    drawer: 'Cash at the counter (drawer and safe)',
    deposits: 'Deposits not confirmed by the bank',
  },
);

/** `Rp3.100.000 dari Rp10.000.000`, or without a limit only the figure. */
export function meterFigure(amount: number, limit: number | null, rough: boolean): string {
  const figure = (rough ? roughMoney : money)(amount);
  return limit === null
    ? `${figure}, ${inLanguage('tanpa batas', 'no limit')}`
    : `${figure} ${inLanguage('dari', 'of')} ${money(limit)}`;
}

/** Date of the tariff. */
export function rulesCell({ rules }: StatusView): CellText {
  if (rules.issuedOn === null) {
    return {
      label: inLanguage('tarif belum ada', 'no tariff yet'),
      title: inLanguage('Belum ada tarif', 'No tariff yet'),
      lines: [
        inLanguage(
          'Tarif datang dari Bapenda saat ada koneksi. Sampai itu loket hanya menerima berkas.',
          'The tariff comes from Bapenda with a connection. Until then the counter only takes in papers.',
        ),
      ],
    };
  }
  return {
    label: `${inLanguage('tarif per', 'tariff of')} ${shortDay(rules.issuedOn)}`,
    title: `${inLanguage('Tarif per', 'Tariff of')} ${day(rules.issuedOn)}`,
    lines: [
      inLanguage(
        `Paket ${rules.packId ?? 'tanpa nama'}, umur ${ageInDays(rules.ageDays ?? 0)}.`,
        `Pack ${rules.packId ?? 'without a name'}, age ${ageInDays(rules.ageDays ?? 0)}.`,
      ),
      rules.nextChangeOn === null
        ? inLanguage('Tidak ada perubahan tarif yang diumumkan.', 'No change of the tariff is announced.')
        : inLanguage(
            `Tarif berubah ${day(rules.nextChangeOn)}; ${rules.nextPackKnown ? 'tarif barunya sudah ada di sini.' : 'tarif barunya belum ada di sini.'}`,
            `The tariff changes on ${day(rules.nextChangeOn)}; the new one is ${rules.nextPackKnown ? 'here already.' : 'not here yet.'}`,
          ),
    ],
  };
}

/** Date of the vehicle data. */
export function registryCell({ registry }: StatusView): CellText {
  if (registry.dataOn === null) {
    return {
      label: inLanguage('data kendaraan belum ada', 'no vehicle data yet'),
      title: inLanguage('Belum ada data kendaraan', 'No vehicle data yet'),
      lines: [
        inLanguage(
          'Data kendaraan datang dari Bapenda saat ada koneksi.',
          'Vehicle data comes from Bapenda with a connection.',
        ),
      ],
    };
  }
  return {
    label: `${inLanguage('data kendaraan per', 'vehicle data of')} ${shortDay(registry.dataOn)}`,
    title: `${inLanguage('Data kendaraan per', 'Vehicle data of')} ${day(registry.dataOn)}`,
    lines: [
      inLanguage(
        `${count(registry.vehicles)} kendaraan di komputer ini, umur ${ageInDays(registry.ageDays ?? 0)}.`,
        `${count(registry.vehicles)} vehicles on this computer, age ${ageInDays(registry.ageDays ?? 0)}.`,
      ),
    ],
  };
}

/** The clock and how far it can be believed. */
export function clockCell({ clock }: StatusView): CellText {
  const now = `${inLanguage('Jam loket', 'Clock of the counter')} ${time(clock.now)} WIB.`;
  switch (clock.trust) {
    case 'anchored':
      return {
        label: inLanguage('jam cocok', 'clock right'),
        title: inLanguage('Jam cocok dengan Bapenda', 'The clock agrees with Bapenda'),
        lines: [now],
      };
    case 'rtc':
      return {
        label: inLanguage('jam komputer', 'computer’s clock'),
        title: inLanguage('Jam dari komputer ini', 'The clock of this computer'),
        lines: [
          now,
          inLanguage(
            'Belum dicocokkan dengan Bapenda sejak komputer dinyalakan. Pelayanan tetap berjalan.',
            'Not compared with Bapenda since the computer was started. Serving goes on.',
          ),
        ],
      };
    case 'clamped':
      return {
        label: inLanguage('jam ditahan', 'clock held'),
        title: inLanguage('Jam komputer mundur', 'The computer’s clock went back'),
        lines: [
          now,
          inLanguage(
            'Jam komputer lebih awal daripada transaksi terakhir; program memakai waktu transaksi terakhir.',
            'The computer’s clock is earlier than the last transaction; the program uses the time of that transaction.',
          ),
        ],
      };
    case 'suspect':
      return {
        label: inLanguage('jam meragukan', 'clock in doubt'),
        title: inLanguage('Jam komputer meragukan', 'The computer’s clock is in doubt'),
        lines: [
          now,
          inLanguage(
            'Jam komputer melompat. Cocokkan tanggal dan jam; tidak ada pengiriman yang terhenti karenanya.',
            'The computer’s clock jumped. Set date and clock; no sending stops because of it.',
          ),
        ],
      };
    default:
      return assertNever(clock.trust);
  }
}
