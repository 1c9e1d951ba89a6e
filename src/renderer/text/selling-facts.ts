import { localDateAt, parseLocalDate } from '../../domain/local-date.ts';
import { dayInBrackets, type ErrorDetails, moneyFact, numberFact, textFact } from './error-facts.ts';
import { longDay } from './format.ts';
import { inLanguage } from './language.ts';
import { blockReasonText, documentText } from './vehicle-text.ts';

/** What was probably meant. */
export function suggestion(details: ErrorDetails): string {
  const text = textFact(details, 'suggestion', '');
  return text === '' ? '' : `; ${inLanguage('mungkin', 'perhaps')} ${text}`;
}

/** Why only the Samsat Induk serves a vehicle. */
export function indukReason(details: ErrorDetails): string {
  const late = numberFact(details, 'days');
  const due = dayInBrackets(details, 'dueOn', inLanguage('jatuh tempo', 'due'));
  const waiver = textFact(details, 'waiverIds', '');
  if (late === undefined && waiver !== '') {
    return inLanguage('ada keringanan yang hanya dilayani di sana', 'a relief is given only there');
  }
  return inLanguage(`pajak terlambat lebih dari satu tahun${due}`, `its tax is more than a year late${due}`);
}

/** The sums before and now. */
export function amountChange(details: ErrorDetails): string {
  const [was, now] = [moneyFact(details, 'shown', ''), moneyFact(details, 'payable', '')];
  return was === '' || now === '' ? '' : inLanguage(`: semula ${was}, sekarang ${now}`, `: it was ${was}, now ${now}`);
}

/** How many days, or until when something held. */
export function days(details: ErrorDetails, key: string): string {
  const used = numberFact(details, 'used');
  if (used !== undefined) return ` (${used} ${inLanguage('hari', 'days')})`;
  const parsed = numberFact(details, key);
  return parsed === undefined
    ? ''
    : ` (${inLanguage('berlaku sampai', 'valid until')} ${longDay(localDateAt(parsed))})`;
}

/** A limit in brackets. */
export function limitOf(details: ErrorDetails, isMoney: boolean): string {
  const limit = numberFact(details, 'limit');
  if (limit === undefined) return '';
  return ` (${isMoney ? moneyFact({ limit }, 'limit', '') : String(limit)})`;
}

/** From when on it can be paid. */
export function earliest(details: ErrorDetails): string {
  const before = numberFact(details, 'daysBeforeDue');
  return before === undefined
    ? inLanguage('Datang lagi mendekati jatuh temponya.', 'Come again near its due date.')
    : inLanguage(
        `Dapat dibayar paling awal ${before} hari sebelum jatuh tempo.`,
        `It can be paid at the earliest ${before} days before it is due.`,
      );
}

/** Days written out. */
export function daysFact(details: ErrorDetails, key: string, otherwise: string): string {
  const days = textFact(details, key, '')
    .split(', ')
    .map((text) => parseLocalDate(text))
    .flatMap((parsed) => (parsed.ok ? [longDay(parsed.value)] : []));
  return days.length === 0 ? otherwise : days.join(', ');
}

/** Papers that are missing, after a colon. */
export function missingDocuments(details: ErrorDetails): string {
  const kinds = textFact(details, 'kinds', '');
  return kinds === '' ? '' : `: ${kinds.split(', ').map(documentText).join(', ')}`;
}

/** What a refused inquiry says: a state, the codes of the refusals, or why the vehicle is blocked. */
export function billReason(details: ErrorDetails): string {
  if (details['state'] === 'unknown-vehicle') {
    return inLanguage('kendaraan ini tidak ada di daftar Bapenda', 'this vehicle is not in Bapenda’s register');
  }
  const reason = textFact(details, 'reason', '');
  if (reason !== '') return `${BLOCKED}, ${blockReasonText(reason)}`;
  const codes = textFact(details, 'codes', '').split(', ');
  return codes.map((code) => REFUSED_BILLS[code] ?? inLanguage('tanpa keterangan', 'no reason given')).join(', ');
}

const BLOCKED = inLanguage('kendaraan diblokir', 'the vehicle is blocked');

const REFUSED_BILLS: Readonly<Record<string, string>> = inLanguage(
  {
    PAYABLE_AT_SAMSAT_INDUK: 'harus dilayani di Samsat Induk',
    RENEWAL_YEAR: 'STNK habis masa lima tahunnya',
    NOT_YET_PAYABLE: 'belum waktunya dibayar',
    BLOCKED,
    DELETED_FROM_REGISTER: 'kendaraan dihapus dari daftar',
    NO_RULES_FOR_DATE: 'tarif masa pajaknya belum ada',
    VEHICLE_INCOMPLETE: 'data kendaraan belum lengkap',
  },
  {
    PAYABLE_AT_SAMSAT_INDUK: 'it must be served at the Samsat Induk',
    RENEWAL_YEAR: 'the five years of its STNK are over',
    NOT_YET_PAYABLE: 'it cannot be paid yet',
    BLOCKED,
    DELETED_FROM_REGISTER: 'the vehicle was struck off the register',
    NO_RULES_FOR_DATE: 'there is no tariff for its tax period',
    VEHICLE_INCOMPLETE: 'its data is incomplete',
  },
);
