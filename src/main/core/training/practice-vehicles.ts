import type { VehicleRecord } from '../../../contract/feeds.ts';
import { addDays, addYears, dateParts, type LocalDate } from '../../../domain/local-date.ts';

/** Area letters of the plates in the training. */
export const PRACTICE_AREAS = ['AG', 'L'] as const;

type Facts = {
  readonly nrkb: string;
  /** Last five characters of the chassis number. */
  readonly tail: string;
  readonly owner: string;
  /** Days from today to the due date; below zero is late. */
  readonly dueIn?: number;
  readonly car?: boolean;
  readonly blocked?: 'sold';
  /** Years from the due date to the end of the STNK; 0 is the year of a new plate. */
  readonly stnkYears?: number;
};

const LAST_NAMES = ['SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA', 'ENAM', 'TUJUH', 'DELAPAN', 'SEMBILAN', 'SEPULUH'] as const;

/** One plate for each thing that an officer meets, and ten plain ones. Every chassis number ends with 20001, 20002 and so on. */
const VEHICLES: readonly Facts[] = [
  { nrkb: 'AG 1001 LT', tail: '20001', owner: 'LATIHAN TEPAT WAKTU' },
  { nrkb: 'AG 1002 LT', tail: '20002', owner: 'LATIHAN TERLAMBAT', dueIn: -45 },
  { nrkb: 'AG 1003 LT', tail: '20003', owner: 'LATIHAN MOBIL', car: true },
  { nrkb: 'L 1004 LT', tail: '20004', owner: 'LATIHAN MOBIL TERLAMBAT', car: true, dueIn: -200 },
  { nrkb: 'AG 1005 LT', tail: '20005', owner: 'LATIHAN BELUM WAKTUNYA', dueIn: 120 },
  { nrkb: 'AG 1006 LT', tail: '20006', owner: 'LATIHAN DIBLOKIR', blocked: 'sold' },
  { nrkb: 'L 1007 LT', tail: '20007', owner: 'LATIHAN GANTI STNK', stnkYears: 0 },
  { nrkb: 'AG 1008 LT', tail: '20008', owner: 'LATIHAN LEBIH SETAHUN', dueIn: -400 },
  ...LAST_NAMES.map((name, index) => ({
    nrkb: `AG ${String(1011 + index)} LT`,
    tail: String(20_011 + index),
    owner: `LATIHAN ${name}`,
  })),
];

/** The register of the training as of a day; nobody in it exists. */
export function practiceVehicles(today: LocalDate, newId: () => string): readonly VehicleRecord[] {
  return VEHICLES.map(({ nrkb, tail, owner, dueIn = 20, car = false, blocked, stnkYears = 2 }) => {
    const dueOn = addDays(today, dueIn);
    return {
      vehicleId: newId(),
      nrkb,
      plateColour: 'white',
      ownerName: owner,
      ownerNik: null,
      district: 'Latihan',
      make: car ? 'TOYOTA' : 'HONDA',
      model: car ? 'AVANZA 1.3 G' : 'VARIO 125',
      colour: 'HITAM',
      yearMade: dateParts(today).year - 4,
      chassisNumber: `MHLATIHAN000${tail}`,
      engineNumber: `LT${tail}`,
      facts: {
        kind: car ? 'minibus' : 'motorcycle',
        engineCc: car ? 1329 : 125,
        use: 'private',
        ownerKind: 'person',
        energy: 'petrol',
        rank: 1,
        njkb: car ? 126_000_000 : 12_500_000,
        regency: '3506',
        dueOn,
        stnkValidUntil: addYears(dueOn, dueIn < -300 ? stnkYears + 1 : stnkYears),
        ...(blocked === undefined ? {} : { blocked }),
      },
      paidThrough: addYears(dueOn, -1),
      updatedOn: today,
    };
  });
}
