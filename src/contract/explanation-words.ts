import { formatLocalDate, parseLocalDate } from '../domain/local-date.ts';
import { formatRupiah, rupiah } from '../domain/rupiah.ts';
import type { ChargeLineView } from './views-vehicle.ts';

type Facts = ChargeLineView['explanation'];

const BY_PROVINCE = 'Angka ini ditetapkan Bapenda; hitungan loket berbeda untuk baris ini.';

/** The steps from the facts to the amount of one line, each a short sentence; empty when the core gave no facts. */
export function explanationSentences(
  line: Pick<ChargeLineView, 'component' | 'explanation' | 'amount' | 'waived'>,
): readonly string[] {
  const facts = line.explanation;
  if (facts['kind'] === 'province') return [BY_PROVINCE];
  switch (line.component) {
    case 'pkb':
      return pkbSentences(facts);
    case 'opsenPkb':
      return present([
        sentence(facts, ['pkb', 'rate'], (pkb, rate) => `Opsen ${percent(rate)} dari PKB ${rupiahOf(pkb)}.`),
      ]);
    case 'pkbFine':
    case 'opsenPkbFine':
      return interestSentences(facts);
    case 'swdkllj':
      return present([
        sentence(
          facts,
          ['swdklljClass', 'premium'],
          (group, premium) => `Golongan ${group}: sumbangan wajib ${rupiahOf(premium)}.`,
        ),
        isPositive(facts['cardFee']) ? `Ditambah biaya kartu ${rupiahOf(text(facts, 'cardFee'))}.` : undefined,
      ]);
    case 'swdklljFine':
      return swdklljFineSentences(facts);
    case 'subscriptionParking':
      return present([
        'Parkir berlangganan ditarik sekali setahun di kabupaten atau kota yang menetapkannya.',
        sentence(facts, ['tariff'], (tariff) => `Tarif ${PARKING[tariff] ?? tariff}.`),
      ]);
    default:
      return [];
  }
}

/** The few words beside a line's name: `1 bulan, 1 %`, `C1, dengan kartu`, `6 hari, 25 %`. */
export function lineNote(
  line: Pick<ChargeLineView, 'component' | 'explanation' | 'beneficiary' | 'periodDueOn'>,
): string {
  const facts = line.explanation;
  switch (line.component) {
    case 'pkb':
      return sentence(facts, ['rate'], (rate) => `tarif ${percent(rate)}`) ?? '';
    case 'opsenPkb':
    case 'subscriptionParking':
      return line.beneficiary.name;
    case 'pkbFine':
    case 'opsenPkbFine':
      return (
        sentence(facts, ['months', 'perMonth'], (months, perMonth) => `${months} bulan, ${percent(perMonth)}`) ?? ''
      );
    case 'swdkllj':
      return (
        sentence(
          facts,
          ['swdklljClass'],
          (group) => `golongan ${group}${isPositive(facts['cardFee']) ? ', dengan kartu' : ''}`,
        ) ?? ''
      );
    case 'swdklljFine':
      return sentence(facts, ['days', 'step.rate'], (days, rate) => `${days} hari, ${percent(rate)}`) ?? '';
    default:
      return '';
  }
}

const PARKING: Readonly<Record<string, string>> = { motorcycle: 'sepeda motor', car: 'mobil', truck: 'truk' };

const RANK_REASONS: Readonly<Record<string, string>> = {
  'as-registered': 'sesuai urutan kepemilikan',
  'small-engine': 'roda dua dan roda tiga di bawah 250 cc memakai tarif pertama',
  company: 'kendaraan badan memakai tarif pertama',
  'not-private': 'kendaraan bukan pribadi memakai tarif pertama',
  'progressive-waived': 'tarif progresif dibebaskan',
};

function pkbSentences(facts: Facts): readonly string[] {
  return present([
    sentence(facts, ['njkb'], (njkb) => `Nilai jual kendaraan (NJKB) ${rupiahOf(njkb)}.`),
    sentence(facts, ['weightFactor'], (factor) => `Dikalikan bobot ${decimal(factor)}.`),
    ...reliefs(facts).map((factor) => `Dikalikan keringanan dasar pengenaan ${decimal(factor)}.`),
    sentence(facts, ['rate'], (rate) => `Dikalikan tarif ${percent(rate)}${rankOf(facts)}.`),
  ]);
}

function rankOf(facts: Facts): string {
  const rank = text(facts, 'billedRank');
  if (rank === '') return '';
  const reason = RANK_REASONS[text(facts, 'rankReason')];
  return ` untuk kepemilikan ke-${rank}${reason === undefined ? '' : ` (${reason})`}`;
}

function interestSentences(facts: Facts): readonly string[] {
  return present([
    lateSentence(facts),
    sentence(
      facts,
      ['principal', 'perMonth', 'months'],
      (principal, perMonth, months) =>
        `Bunga ${percent(perMonth)} sebulan x ${months} bulan dari ${rupiahOf(principal)}.`,
    ),
    text(facts, 'months') !== '' && text(facts, 'months') === text(facts, 'capMonths')
      ? `Paling lama ${text(facts, 'capMonths')} bulan.`
      : undefined,
    waivedSentence(facts),
  ]);
}

function swdklljFineSentences(facts: Facts): readonly string[] {
  const rate = text(facts, 'step.rate');
  return present([
    lateSentence(facts),
    sentence(facts, ['premium'], (premium) =>
      rate === ''
        ? `Dihitung dari sumbangan wajib ${rupiahOf(premium)}.`
        : `Denda ${percent(rate)} dari sumbangan wajib ${rupiahOf(premium)}.`,
    ),
    sentence(facts, ['days'], (days) => `Terlambat ${days} hari.`),
    facts['capped'] === true ? `Paling banyak ${rupiahOf(text(facts, 'cap'))}.` : undefined,
    waivedSentence(facts),
  ]);
}

function lateSentence(facts: Facts): string | undefined {
  return sentence(
    facts,
    ['movedDueOn', 'arrivedOn'],
    (due, arrived) => `Jatuh tempo ${dayOf(due)}, datang ${dayOf(arrived)}.`,
  );
}

function waivedSentence(facts: Facts): string | undefined {
  return sentence(
    facts,
    ['waivedBy'],
    (waivers) => `Dibebaskan menurut ${waivers.split('; ').map(basisOf).join(', ')}.`,
  );
}

/** Each relief is `rule · basis · factor`. */
function reliefs(facts: Facts): readonly string[] {
  return text(facts, 'reliefs')
    .split('; ')
    .map((relief) => relief.split(' · ').at(-1) ?? '')
    .filter((factor) => factor !== '');
}

/** The legal text of an applied rule, `rule · basis`. */
function basisOf(applied: string): string {
  return applied.split(' · ').slice(1).join(' · ') || applied;
}

function sentence(facts: Facts, keys: readonly string[], write: (...values: string[]) => string): string | undefined {
  const values = keys.map((key) => text(facts, key));
  return values.every((value) => value !== '') ? write(...values) : undefined;
}

function present(sentences: readonly (string | undefined)[]): readonly string[] {
  return sentences.filter((one) => one !== undefined);
}

function text(facts: Facts, key: string): string {
  const value = facts[key];
  return value === undefined || value === null ? '' : String(value);
}

function isPositive(value: Facts[string] | undefined): boolean {
  return typeof value === 'number' && value > 0;
}

function rupiahOf(value: string): string {
  const amount = Number(value);
  return Number.isSafeInteger(amount) ? formatRupiah(rupiah(amount)) : value;
}

function decimal(value: string): string {
  return value.replace('.', ',');
}

function dayOf(value: string): string {
  const parsed = parseLocalDate(value);
  return parsed.ok ? formatLocalDate(parsed.value) : value;
}

/** `66 %` from a decimal fraction as the rule packs write it. */
export function percent(fraction: string | number): string {
  const value = Math.round(Number(fraction) * 1_000_000) / 10_000;
  return `${String(value).replace('.', ',')} %`;
}
