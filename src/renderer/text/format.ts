import { dateParts, formatLocalDate, type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { formatRupiah, rupiah } from '../../domain/rupiah.ts';
import { inLanguage, LANGUAGE } from './language.ts';

const JAKARTA_OFFSET_MS = 7 * 3_600_000;
const MS_PER_MINUTE = 60_000;
const DAY_NAMES = inLanguage(
  ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
);
const MONTH_NAMES = inLanguage(
  [
    'Januari',
    'Februari',
    'Maret',
    'April',
    'Mei',
    'Juni',
    'Juli',
    'Agustus',
    'September',
    'Oktober',
    'November',
    'Desember',
  ],
  [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
);

/** `Rp259.996` from whole rupiah. */
export function money(amount: number): string {
  return formatRupiah(rupiah(amount));
}

/** `259.996`: a figure in a column whose head already says rupiah. */
export function figure(amount: number): string {
  return money(amount).replace('Rp', '');
}

/** `+Rp1.000`, `-Rp1.000` or `Rp0`: a difference that must show its sign. */
export function signedMoney(amount: number): string {
  return amount > 0 ? `+${money(amount)}` : money(amount);
}

/** `3,1 jt`, `850 rb`, `1,25 M`: a figure for the status bar; never for a receipt. */
export function shortMoney(value: number): string {
  const amount = Math.round(value);
  const short = (value: number, unit: string): string =>
    `${String(Math.floor(value * 100) / 100).replace('.', ',')} ${unit}`;
  if (amount >= 1_000_000_000) return short(amount / 1_000_000_000, inLanguage('M', 'bn'));
  if (amount >= 1_000_000) return short(Math.floor(amount / 100_000) / 10, inLanguage('jt', 'm'));
  if (amount >= 1000) return short(Math.floor(amount / 1000), inLanguage('rb', 'k'));
  return String(amount);
}

/** `Rp300.000 lebih`: an amount that is rounded down until its drawer is counted. */
export function roughMoney(amount: number): string {
  return amount === 0
    ? inLanguage('kurang dari Rp100.000', 'less than Rp100.000')
    : inLanguage(`${money(amount)} lebih`, `over ${money(amount)}`);
}

/** `1.234` for counts. */
export function count(value: number): string {
  return figure(value);
}

/** `15 Mar 2026`. */
export function day(date: LocalDate): string {
  if (LANGUAGE === 'id') return formatLocalDate(date);
  const { year, month, day: dayOfMonth } = dateParts(date);
  return `${dayOfMonth} ${(MONTH_NAMES[month - 1] ?? '').slice(0, 3)} ${year}`;
}

/** `20 Nov`: the day where the year is plain from the place. */
export function shortDay(date: LocalDate): string {
  return day(date).split(' ').slice(0, 2).join(' ');
}

/** `3 Februari 2025`: the day inside a sentence. */
export function longDay(date: LocalDate): string {
  const { year, month, day: dayOfMonth } = dateParts(date);
  return `${dayOfMonth} ${MONTH_NAMES[month - 1] ?? ''} ${year}`;
}

/** `Maret 2026`, from `2026-03`. */
export function monthName(month: string): string {
  const [year = '', nth = '1'] = month.split('-');
  return `${MONTH_NAMES[Number(nth) - 1] ?? ''} ${year}`;
}

/** `10.41` in Western Indonesia Time, from ms UTC. */
export function time(atMs: number): string {
  const minutes = Math.floor((atMs + JAKARTA_OFFSET_MS) / MS_PER_MINUTE) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`;
}

/** `Sabtu 21 Nov 10.41`, from ms UTC. */
export function dayAndTime(atMs: number): string {
  const days = Math.floor((atMs + JAKARTA_OFFSET_MS) / 86_400_000);
  // 1 January 1970 was a Thursday.
  return `${DAY_NAMES[(((days + 4) % 7) + 7) % 7] ?? ''} ${shortDay(localDateAt(atMs))} ${time(atMs)}`;
}

/** `21 Nov 10.41`, from ms UTC. */
export function dateTime(atMs: number): string {
  return `${shortDay(localDateAt(atMs))} ${time(atMs)}`;
}

/** `45 detik`, `14 m`, `1 jam 29 m`, `3 hari`: how long, from ms. */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MS_PER_MINUTE);
  if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} ${inLanguage('detik', 's')}`;
  if (minutes < 60) return `${minutes} ${inLanguage('m', 'min')}`;
  const hours = Math.floor(minutes / 60);
  const ofHours = `${hours} ${inLanguage('jam', 'h')}`;
  if (hours < 48) return minutes % 60 === 0 ? ofHours : `${ofHours} ${minutes % 60} ${inLanguage('m', 'min')}`;
  return `${Math.floor(hours / 24)} ${inLanguage('hari', 'days')}`;
}

/** `hari ini`, `1 hari`, `12 hari`: the age of data. */
export function ageInDays(days: number): string {
  return days <= 0 ? inLanguage('hari ini', 'today') : `${days} ${inLanguage('hari', 'days')}`;
}

/** `1,2 GB`, from bytes. */
export function bytes(value: number): string {
  const units = ['byte', 'kB', 'MB', 'GB', 'TB'] as const;
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(1000)));
  const scaled = Math.round((value / 1000 ** step) * 10) / 10;
  return `${String(scaled).replace('.', ',')} ${units[step] ?? ''}`;
}

/** `SR` for Siti Rahmawati: the first letters of the first two words. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

/** `A 000123`: a serial as it stands on a form. */
export function serialText(series: string, serial: number): string {
  return `${series === '' ? '' : `${series} `}${String(serial).padStart(6, '0')}`;
}

/** `000012`: a number as it stands on a sheet of the emergency book. */
export function sheetNumber(number: number): string {
  return String(number).padStart(6, '0');
}
