import { EAST_JAVA_AREAS } from '../../../src/domain/nrkb.ts';
import type { CardRandom } from './card-random.ts';

/** Invented data of one citizen and one vehicle; no name, number or place of a living person is in it. */
export type CardFacts = {
  readonly nrkb: string;
  readonly nik: string;
  readonly chassis: string;
  readonly engine: string;
  readonly make: string;
  readonly model: string;
  readonly owner: string;
  readonly street: string;
  readonly village: string;
  readonly district: string;
  readonly bornOn: string;
  readonly birthplace: string;
  readonly isFemale: boolean;
  readonly year: number;
  readonly colour: string;
  readonly bpkb: string;
  readonly dueOn: string;
};

/** ISO 3779 leaves I, O and Q out. */
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const MAKES = [
  {
    make: 'HONDA',
    maker: 'MH1',
    engine: 'JM',
    models: ['NF 125 TR', 'X1B02N04L0', 'H1B02N42L0 A/T', 'C1M02N41L1 A/T'],
  },
  { make: 'YAMAHA', maker: 'MH3', engine: 'E3R', models: ['BJ8 A/T', '2DP A/T', '54P CW', 'B6H-A A/T'] },
  { make: 'SUZUKI', maker: 'MHY', engine: 'G15', models: ['FU 150 SCD2', 'GC415V-APV DLX', 'AEV415P CX'] },
  { make: 'TOYOTA', maker: 'MHF', engine: '1TR', models: ['AVANZA 1.3 G M/T', 'KIJANG INNOVA E', 'RUSH 1.5 S'] },
  { make: 'DAIHATSU', maker: 'MHK', engine: 'K3M', models: ['S401RP-PMREJJ', 'XENIA 1.0 MI', 'GRAN MAX 1.3'] },
] as const;

const FIRST = ['SITI', 'AHMAD', 'NUR', 'MOCH', 'DEWI', 'IMAM', 'LAILA', 'BAGUS', 'RATNA', 'HASAN', 'UMI', 'FAJAR'];
const LAST = ['CONTOHWATI', 'MISALUDDIN', 'PERAGANINGSIH', 'UMPAMAWAN', 'REKAANTO', 'KARANGANISA', 'MODELIYAH'];
const STREETS = ['DUSUN CONTOH', 'JL. MISALAN', 'JL. RAYA UMPAMA', 'KRAJAN REKAAN', 'JL. PERAGA'];
const DISTRICTS = ['PARE', 'NGADILUWIH', 'KANDANGAN', 'GURAH', 'PLOSOKLATEN', 'KEPUNG', 'WATES', 'GAMPENGREJO'];

const two = (value: number): string => String(value).padStart(2, '0');

function invented(random: CardRandom): Pick<CardFacts, 'nik' | 'bornOn' | 'isFemale'> {
  const [day, month, year] = [random.whole(1, 28), random.whole(1, 12), random.whole(1955, 2006)];
  const isFemale = random.fraction() < 0.5;
  const birth = `${two(day + (isFemale ? 40 : 0))}${two(month)}${two(year % 100)}`;
  const nik = `35${two(random.whole(1, 29))}${two(random.whole(1, 26))}${birth}${String(random.whole(1, 9999)).padStart(4, '0')}`;
  return { nik, bornOn: `${two(day)}-${two(month)}-${year}`, isFemale };
}

/** Makes the data of a card up. */
export function inventFacts(random: CardRandom): CardFacts {
  const kind = random.oneOf(MAKES);
  const number = random.fraction() < 0.9 ? random.whole(1000, 9999) : random.whole(1, 999);
  return {
    ...invented(random),
    nrkb: `${random.oneOf(EAST_JAVA_AREAS)} ${number} ${random.letters(LETTERS, random.oneOf([1, 2, 2, 2, 3]))}`,
    chassis: `${kind.maker}${random.letters(VIN_LETTERS, 8)}${random.letters('0123456789', 6)}`,
    engine: `${kind.engine}${random.letters(VIN_LETTERS, 2)}${random.letters('0123456789', 7)}`,
    make: kind.make,
    model: random.oneOf(kind.models),
    owner: `${random.oneOf(FIRST)} ${random.oneOf(LAST)}`,
    street: `${random.oneOf(STREETS)} NO. ${random.whole(1, 120)}`,
    village: `DESA ${random.oneOf(LAST)}`,
    district: random.oneOf(DISTRICTS),
    birthplace: random.oneOf(['KEDIRI', 'JOMBANG', 'NGANJUK', 'BLITAR', 'SURABAYA']),
    year: random.whole(2004, 2026),
    colour: random.oneOf(['HITAM', 'PUTIH', 'MERAH', 'BIRU TUA', 'ABU-ABU METALIK', 'SILVER']),
    bpkb: `${random.letters('LMNP', 1)}-${random.letters('0123456789', 8)}`,
    dueOn: `${two(random.whole(1, 28))}-${two(random.whole(1, 12))}-${random.whole(2026, 2031)}`,
  };
}
