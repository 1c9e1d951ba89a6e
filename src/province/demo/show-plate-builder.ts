import type { VehicleRecord } from '../../contract/feeds.ts';
import { addDays, addYears, dateParts, type LocalDate } from '../../domain/local-date.ts';
import { type RegencyCode, regencyName } from '../../domain/regency.ts';
import { demoChassis, demoNik } from './demo-vehicles.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What a show plate says about itself; everything else is the plain default of its kind. */
export type ShowFacts = {
  readonly kind?: string;
  readonly make?: string;
  readonly model?: string;
  readonly engineCc?: number;
  readonly use?: 'private' | 'public' | 'government';
  readonly ownerKind?: 'person' | 'company';
  readonly ownerName?: string;
  readonly energy?: string;
  readonly rank?: number;
  readonly njkb?: number | null;
  readonly regency?: RegencyCode;
  /** Days from today to the due date; negative is late. */
  readonly dueIn?: number;
  /** Years from the newest payable period to the end of the STNK; zero is a renewal year. */
  readonly stnkYears?: number;
  readonly blocked?: string;
  readonly deleted?: boolean;
};

const MOTORCYCLE = { kind: 'motorcycle', make: 'HONDA', model: 'VARIO 125', engineCc: 125, njkb: 12_500_000 };
const CAR = { kind: 'minibus', make: 'TOYOTA', model: 'AVANZA 1.3 G', engineCc: 1329, njkb: 126_000_000 };

/** Defaults of a show plate by what stands under it. */
export const SHOW_DEFAULTS = { motorcycle: MOTORCYCLE, car: CAR } as const;

const PLATE_COLOUR = { private: 'white', public: 'yellow', government: 'red' } as const;
const PAYABLE_DAYS = 60;

/** The newest due date that is payable on a day, for an anniversary. */
function newestPayable(dueOn: LocalDate, today: LocalDate): LocalDate {
  const limit = addDays(today, PAYABLE_DAYS);
  const years = Math.max(0, dateParts(limit).year - dateParts(dueOn).year);
  const candidate = addYears(dueOn, years);
  return candidate <= limit ? candidate : addYears(dueOn, Math.max(0, years - 1));
}

type ShowPlate = { readonly nrkb: string; readonly chassisTail: string };

/** The record of a show plate as of a day. Ids and numbers come from the generator, so they are the same every time. */
export function showRecord(
  random: SeededRandom,
  today: LocalDate,
  { nrkb, chassisTail }: ShowPlate,
  facts: ShowFacts,
): VehicleRecord {
  const shown = { ...MOTORCYCLE, use: 'private', ownerKind: 'person', energy: 'petrol', rank: 1, ...facts } as const;
  const regency = facts.regency ?? '3506';
  const dueOn = addDays(today, facts.dueIn ?? 20);
  const newest = newestPayable(dueOn, today);
  const ownerNik = shown.ownerKind === 'person' ? demoNik(random, regency, true) : null;
  return {
    vehicleId: random.uuid(),
    nrkb,
    plateColour: PLATE_COLOUR[shown.use],
    ownerName: facts.ownerName ?? 'SITI NUR AISYAH',
    ownerNik,
    district: `Purwoasri, ${regencyName(regency)}`,
    make: shown.make,
    model: shown.model,
    colour: 'HITAM',
    yearMade: dateParts(today).year - 4,
    chassisNumber: demoChassis(random, chassisTail),
    engineNumber: `JF${random.between(100_000_000, 999_999_999)}`,
    facts: {
      kind: shown.kind,
      engineCc: shown.engineCc,
      use: shown.use,
      ownerKind: shown.ownerKind,
      energy: shown.energy,
      rank: shown.rank,
      ...(shown.njkb === null ? {} : { njkb: shown.njkb }),
      regency,
      dueOn,
      stnkValidUntil: addYears(newest, facts.stnkYears ?? 2),
      ...(facts.blocked === undefined ? {} : { blocked: facts.blocked }),
      ...(facts.deleted === true ? { deleted: true } : {}),
    },
    paidThrough: addYears(dueOn, -1),
    updatedOn: today,
  };
}
