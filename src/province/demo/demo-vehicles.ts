import type { VehicleRecord } from '../../contract/feeds.ts';
import { addDays, addYears, dateParts, type LocalDate } from '../../domain/local-date.ts';
import { EAST_JAVA_AREAS, type Nrkb, parseNrkb } from '../../domain/nrkb.ts';
import { regencyHintOf } from '../../domain/nrkb-advice.ts';
import { REGENCY_CODES, type RegencyCode, regencyName } from '../../domain/regency.ts';
import type { VehicleUse } from '../../domain/vehicle.ts';
import { BUSES, CARS, COLOURS, type DemoModel, GOODS, MOTORCYCLES } from './demo-makes.ts';
import type { SeededRandom } from './seeded-random.ts';

const FIRST_NAMES = [
  ...[
    'Siti',
    'Nur',
    'Dewi',
    'Sri',
    'Endang',
    'Lilik',
    'Umi',
    'Wahyu',
    'Ahmad',
    'Muhammad',
    'Agus',
    'Slamet',
    'Bambang',
  ],
  ...[
    'Sutrisno',
    'Suparman',
    'Khoirul',
    'Moch.',
    'Abdul',
    'Hadi',
    'Imam',
    'Rudi',
    'Joko',
    'Eko',
    'Tri',
    'Yuni',
    'Ratna',
  ],
];
const LAST_NAMES = [
  ...['Aisyah', 'Hidayah', 'Lestari', 'Wahyuni', 'Rahayu', 'Fauziah', 'Kusuma', 'Santoso', 'Prasetyo', 'Hariyanto'],
  ...[
    'Fatimah',
    'Maulana',
    'Anam',
    'Mustofa',
    'Ghofur',
    'Wijaya',
    'Setiawan',
    'Purnomo',
    'Widodo',
    'Susanti',
    'Handoko',
  ],
];
const COMPANIES = [
  'PT Sumber Rejeki',
  'CV Barokah Jaya',
  'PT Agro Wilis Makmur',
  'Koperasi Tani Subur',
  'CV Samudra Madura',
];
const DISTRICTS = [
  'Purwoasri',
  'Pare',
  'Ngadiluwih',
  'Papar',
  'Gurah',
  'Kandangan',
  'Mojo',
  'Semen',
  'Wates',
  'Plosoklaten',
];
const CHASSIS_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
/** Letters of plate suffixes; Ø is the 27th and is used where A to Z have run out. */
const SUFFIX_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZØ';

function text(random: SeededRandom, alphabet: string, length: number): string {
  const letters = [...alphabet];
  return Array.from({ length }, () => random.pick(letters)).join('');
}

/** 16 digits: district of first registration, date of birth (women plus 40), running number. */
export function demoNik(random: SeededRandom, regency: RegencyCode, isWoman: boolean): string {
  const day = random.between(1, 28) + (isWoman ? 40 : 0);
  const born = `${String(day).padStart(2, '0')}${String(random.between(1, 12)).padStart(2, '0')}${random.between(55, 99)}`;
  return `${regency}${String(random.between(1, 26)).padStart(2, '0')}${born}${String(random.between(1, 9999)).padStart(4, '0')}`;
}

/** A chassis number in the form of a VIN. */
export function demoChassis(random: SeededRandom, tail?: string): string {
  return `MH${text(random, CHASSIS_LETTERS, 9)}${random.between(0, 9)}${tail ?? String(random.between(0, 99_999)).padStart(5, '0')}`;
}

function demoPlate(random: SeededRandom, numbers: readonly [number, number], use: VehicleUse): Nrkb {
  const area = random.pick(EAST_JAVA_AREAS);
  const second = random.chance(2) ? 'Ø' : text(random, SUFFIX_LETTERS.slice(0, 26), 1);
  const first = text(random, SUFFIX_LETTERS.slice(0, 26), 1);
  // Public vehicles bear suffix U*, government vehicles *P.
  const suffix = use === 'public' ? `U${second}` : use === 'government' ? `${first}P` : `${first}${second}`;
  const parsed = parseNrkb(`${area} ${random.between(...numbers)} ${suffix}`);
  if (!parsed.ok) throw new Error(`the generator made a plate that is none: ${parsed.error.code}`);
  return parsed.value;
}

/** Due dates around today: most payable now, some late, some not yet payable, a few too late for a counter. */
function demoDueOn(random: SeededRandom, today: LocalDate): LocalDate {
  const lot = random.between(1, 100);
  if (lot <= 52) return addDays(today, random.between(0, 58));
  if (lot <= 75) return addDays(today, -random.between(1, 120));
  if (lot <= 85) return addDays(today, -random.between(121, 364));
  if (lot <= 90) return addDays(today, -random.between(366, 1500));
  return addDays(today, random.between(61, 364));
}

type Class = { readonly models: readonly DemoModel[]; readonly numbers: readonly [number, number] };

const CLASSES: readonly (readonly [number, Class])[] = [
  [78, { models: MOTORCYCLES, numbers: [2000, 6999] }],
  [96, { models: CARS, numbers: [1, 1999] }],
  [97, { models: BUSES, numbers: [7000, 7999] }],
  [100, { models: GOODS, numbers: [8000, 9999] }],
];

function pickClass(random: SeededRandom): Class {
  const lot = random.between(1, 100);
  const found = CLASSES.find(([upTo]) => lot <= upTo);
  if (found === undefined) throw new RangeError('the classes do not cover every lot');
  return found[1];
}

function pickUse(random: SeededRandom, kind: DemoModel['kind']): VehicleUse {
  if (kind === 'bus') return random.chance(85) ? 'public' : 'social';
  if (kind === 'microbus') return random.chance(60) ? 'public' : 'private';
  const lot = random.between(1, 1000);
  if (lot <= 8) return 'government';
  return lot <= 20 && kind === 'minibus' ? 'public' : 'private';
}

const PLATE_COLOUR = { private: 'white', social: 'white', public: 'yellow', government: 'red' } as const;

/** The end of the STNK: five years, of which the current period is not the last one save in a renewal year. */
function stnkUntil(random: SeededRandom, dueOn: LocalDate, today: LocalDate): LocalDate {
  const behind = Math.max(0, dateParts(addDays(today, 60)).year - dateParts(dueOn).year);
  return addYears(dueOn, behind + (random.chance(6) ? 0 : random.between(1, 4)));
}

/** Facts that a few records have and most have not. */
function rareFacts(random: SeededRandom): Readonly<Record<string, unknown>> {
  const lot = random.between(1, 1000);
  if (lot <= 4) return { blocked: random.pick(['sold', 'theft', 'creditor', 'traffic-fine', 'hit-and-run']) };
  if (lot === 5) return { deleted: true };
  if (lot <= 7) return { njkb: undefined };
  return {};
}

/** One made-up vehicle; its plate may collide with another, which is the caller's to notice. */
export function demoVehicle(random: SeededRandom, today: LocalDate): VehicleRecord {
  const { models, numbers } = pickClass(random);
  const made = random.pick(models);
  const use = pickUse(random, made.kind);
  const nrkb = demoPlate(random, numbers, use);
  const regency = regencyHintOf(nrkb) ?? random.pick(REGENCY_CODES);
  const isCompany = use === 'government' || random.chance(made.kind === 'truck' ? 55 : 3);
  const isWoman = random.chance(45);
  const yearMade = dateParts(today).year - random.between(1, 12);
  const [low, high] = made.njkb;
  const njkb = Math.round(random.between(low, high) / 100_000) * 100_000;
  const isElectric = made.kind === 'minibus' && random.chance(1);
  const dueOn = demoDueOn(random, today);
  const person = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`.toUpperCase();
  return {
    vehicleId: random.uuid(),
    nrkb,
    plateColour: PLATE_COLOUR[use],
    ownerName: isCompany ? random.pick(COMPANIES).toUpperCase() : person,
    ownerNik: isCompany ? null : demoNik(random, regency, isWoman),
    district: `${random.pick(DISTRICTS)}, ${regencyName(regency)}`,
    make: made.make,
    model: made.model,
    colour: random.pick(COLOURS),
    yearMade,
    chassisNumber: demoChassis(random),
    engineNumber: text(random, CHASSIS_LETTERS, 11),
    facts: {
      kind: made.kind,
      engineCc: isElectric ? 0 : made.engineCc,
      use,
      ownerKind: isCompany ? 'company' : 'person',
      energy: isElectric ? 'electric' : made.diesel === true ? 'diesel' : 'petrol',
      rank: isCompany ? 1 : random.chance(88) ? 1 : random.between(2, 5),
      njkb,
      regency,
      dueOn,
      stnkValidUntil: stnkUntil(random, dueOn, today),
      ...rareFacts(random),
    },
    paidThrough: addYears(dueOn, -1),
    updatedOn: today,
  };
}
