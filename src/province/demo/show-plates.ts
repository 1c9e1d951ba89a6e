import type { VehicleRecord } from '../../contract/feeds.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { SHOW_DEFAULTS, type ShowFacts, showRecord } from './show-plate-builder.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What the office's own register says where it is not what the counters were given. */
type Differs =
  | { readonly how: 'same' }
  /** The register has other facts, because the counters' copy is older. */
  | { readonly how: 'newer'; readonly facts: ShowFacts }
  /** The current period was paid at another channel. */
  | { readonly how: 'paid'; readonly channel: string }
  | { readonly how: 'held'; readonly reason: string }
  /** The register does not know the vehicle. */
  | { readonly how: 'unknown' };

/** A plate of the demo that shows one thing, whatever the day. */
export type ShowPlate = {
  readonly nrkb: string;
  readonly chassisTail: string;
  /** What a person meets at the counter, in the words of the README. */
  readonly shows: string;
  /** Refusal code of the counter or of the bill, when it refuses. */
  readonly refusal?: string;
  /** What the province decides when the sale was made without a line. */
  readonly decision?: 'booked' | 'short' | 'over' | 'paid-elsewhere' | 'on-hold' | 'rejected';
  readonly facts: ShowFacts;
  readonly differs?: Differs;
  /** Shares its owner with the plate named. */
  readonly sameOwnerAs?: string;
};

const { car: CAR } = SHOW_DEFAULTS;
const TRUCK = { kind: 'truck', make: 'HINO', model: 'DUTRO 136', engineCc: 4009, energy: 'diesel', njkb: 268_000_000 };
const LONG_NAME = 'RADEN AJENG SITI KHADIJAH NURUL HIDAYATUL MUSTAQIMAH BINTI H';

const blockedPlate = (nrkb: string, chassisTail: string, blocked: string, words: string): ShowPlate => ({
  nrkb,
  chassisTail,
  shows: `Diblokir: ${words}`,
  refusal: 'BLOCKED',
  facts: { blocked },
});

/** Every refusal and every decision, each under a plate that can be typed from this table. */
export const SHOW_PLATES: readonly ShowPlate[] = [
  { nrkb: 'AG 2345 KD', chassisTail: '10001', shows: 'Sepeda motor, tepat waktu', decision: 'booked', facts: {} },
  { nrkb: 'AG 1111 HI', chassisTail: '10002', shows: 'Mobil, tepat waktu', decision: 'booked', facts: CAR },
  {
    nrkb: 'AG 3456 EF',
    chassisTail: '10003',
    shows: 'Terlambat 45 hari: sanksi dua bulan dan denda SWDKLLJ 25 %',
    decision: 'booked',
    facts: { dueIn: -45 },
  },
  {
    nrkb: 'W 1818 QT',
    chassisTail: '10004',
    shows: 'Mobil terlambat 200 hari: denda SWDKLLJ sampai batas Rp100.000',
    decision: 'booked',
    facts: { ...CAR, dueIn: -200, regency: '3515' },
  },
  {
    nrkb: 'N 3838 TP',
    chassisTail: '10005',
    shows: 'Dua masa pajak sekaligus: terlambat hampir setahun dan jatuh tempo berikutnya sudah dekat',
    decision: 'booked',
    facts: { dueIn: -340, regency: '3507' },
  },
  {
    nrkb: 'AG 4567 GH',
    chassisTail: '10006',
    shows: 'Terlambat lebih dari satu tahun: harus ke Samsat Induk',
    refusal: 'PAYABLE_AT_SAMSAT_INDUK',
    facts: { dueIn: -400 },
  },
  {
    nrkb: 'L 5005 RN',
    chassisTail: '10007',
    shows: 'Tahun ganti STNK: harus ke Samsat Induk',
    refusal: 'RENEWAL_YEAR',
    facts: { stnkYears: 0, regency: '3578' },
  },
  {
    nrkb: 'N 2727 AB',
    chassisTail: '10008',
    shows: 'Belum waktunya dibayar',
    refusal: 'NOT_YET_PAYABLE',
    facts: { dueIn: 120, regency: '3573' },
  },
  blockedPlate('P 3131 KA', '10009', 'sold', 'sudah dilaporkan dijual'),
  blockedPlate('M 2121 HA', '10010', 'theft', 'laporan kehilangan'),
  blockedPlate('S 4141 PA', '10011', 'creditor', 'permintaan kreditur'),
  blockedPlate('W 5151 NA', '10012', 'traffic-fine', 'tilang elektronik'),
  blockedPlate('AE 6161 EA', '10013', 'hit-and-run', 'tabrak lari'),
  {
    nrkb: 'L 9191 BX',
    chassisTail: '10014',
    shows: 'Sudah dihapus dari register',
    refusal: 'DELETED_FROM_REGISTER',
    facts: { ...TRUCK, regency: '3578', deleted: true },
  },
  {
    nrkb: 'AG 2020 IN',
    chassisTail: '10015',
    shows: 'Data belum lengkap: nilai jual belum ada',
    refusal: 'VEHICLE_INCOMPLETE',
    facts: { njkb: null },
  },
  {
    nrkb: 'L 1001 EV',
    chassisTail: '10016',
    shows: 'Mobil listrik: hanya SWDKLLJ',
    decision: 'booked',
    facts: { ...CAR, make: 'WULING', model: 'AIR EV', energy: 'electric', engineCc: 0, regency: '3578' },
  },
  {
    nrkb: 'W 9234 TC',
    chassisTail: '10017',
    shows: 'Truk milik perusahaan, tanpa NIK, surat perusahaan',
    decision: 'booked',
    facts: { ...TRUCK, ownerKind: 'company', ownerName: 'PT SUMBER REJEKI LOGISTIK', regency: '3525' },
  },
  {
    nrkb: 'S 1717 MJ',
    chassisTail: '10018',
    shows: 'Mobil di Kab. Mojokerto: parkir berlangganan Rp25.000',
    decision: 'booked',
    facts: { ...CAR, regency: '3516' },
  },
  {
    nrkb: 'M 2828 BK',
    chassisTail: '10019',
    shows: 'Motor di Kab. Bangkalan: parkir berlangganan Rp30.000',
    decision: 'booked',
    facts: { regency: '3526', njkb: 6_400_000 },
  },
  {
    nrkb: 'AG 1333 PR',
    chassisTail: '10020',
    shows: 'Pajak progresif: kendaraan ketiga (2,2 %)',
    decision: 'booked',
    facts: { ...CAR, rank: 3 },
  },
  {
    nrkb: 'AG 5678 ØB',
    chassisTail: '10021',
    shows: 'Huruf Ø; kembarannya AG 5678 OB adalah kendaraan lain',
    decision: 'booked',
    facts: { ownerName: 'NUR HIDAYAH' },
  },
  {
    nrkb: 'AG 5678 OB',
    chassisTail: '10022',
    shows: 'Huruf O; kembarannya AG 5678 ØB adalah kendaraan lain',
    decision: 'booked',
    facts: { ownerName: 'SLAMET WIDODO', njkb: 9_800_000 },
  },
  {
    nrkb: 'N 4040 DB',
    chassisTail: '10023',
    shows: 'Sudah lunas di kanal lain: ditolak bila ada koneksi, tanpa koneksi menjadi "sudah lunas di tempat lain"',
    refusal: 'ALREADY_PAID_ELSEWHERE',
    decision: 'paid-elsewhere',
    facts: { regency: '3507' },
    differs: { how: 'paid', channel: 'SIGNAL' },
  },
  {
    nrkb: 'W 1919 SH',
    chassisTail: '10024',
    shows: 'NJKB di Bapenda lebih tinggi: tanpa koneksi menjadi "kurang bayar"',
    decision: 'short',
    facts: { ...CAR, njkb: 118_000_000, regency: '3515' },
    differs: { how: 'newer', facts: { ...CAR, njkb: 131_000_000, regency: '3515' } },
  },
  {
    nrkb: 'P 2929 OV',
    chassisTail: '10025',
    shows: 'NJKB di Bapenda lebih rendah: tanpa koneksi menjadi "lebih bayar"',
    decision: 'over',
    facts: { njkb: 14_200_000, regency: '3509' },
    differs: { how: 'newer', facts: { njkb: 12_900_000, regency: '3509' } },
  },
  {
    nrkb: 'AE 3333 HD',
    chassisTail: '10026',
    shows: 'Ditahan Bapenda karena kepemilikan: ditolak bila ada koneksi, tanpa koneksi menjadi "ditahan"',
    refusal: 'BLOCKED',
    decision: 'on-hold',
    facts: { regency: '3519' },
    differs: { how: 'held', reason: 'Balik nama sedang diproses; kepemilikan diperiksa.' },
  },
  {
    nrkb: 'S 4444 RJ',
    chassisTail: '10027',
    shows: 'Tidak dikenal Samsat lagi: tanpa koneksi menjadi "ditolak"',
    refusal: 'VEHICLE_UNKNOWN',
    decision: 'rejected',
    facts: { regency: '3522' },
    differs: { how: 'unknown' },
  },
  {
    nrkb: 'N 2468 LN',
    chassisTail: '10028',
    shows: 'Nama pemilik 60 huruf',
    decision: 'booked',
    facts: { ownerName: LONG_NAME, regency: '3507' },
  },
  {
    nrkb: 'L 8 ZZ',
    chassisTail: '10029',
    shows: 'Tagihan sangat besar (NJKB Rp1.250.000.000): melewati batas per transaksi',
    refusal: 'CAP_PER_SALE',
    facts: {
      ...{ kind: 'jeep', make: 'LEXUS', model: 'LX 600', engineCc: 3445, njkb: 1_250_000_000 },
      ...{ regency: '3578', ownerName: 'PRAYITNO HADIKUSUMO' },
    },
  },
  { nrkb: 'AG 6001 TA', chassisTail: '10030', shows: 'Tiga kendaraan satu pemilik (1)', decision: 'booked', facts: {} },
  {
    nrkb: 'AG 6002 TA',
    chassisTail: '10031',
    shows: 'Tiga kendaraan satu pemilik (2)',
    decision: 'booked',
    facts: { dueIn: 5, njkb: 9_300_000 },
    sameOwnerAs: 'AG 6001 TA',
  },
  {
    nrkb: 'AG 1003 TA',
    chassisTail: '10032',
    shows: 'Tiga kendaraan satu pemilik (3)',
    decision: 'booked',
    facts: CAR,
    sameOwnerAs: 'AG 6001 TA',
  },
  {
    nrkb: 'S 2602 RT',
    chassisTail: '10033',
    shows: 'Kendaraan roda tiga, terlambat 80 hari: sanksi dibebaskan (aturan demo)',
    decision: 'booked',
    facts: {
      ...{ kind: 'three-wheeler', make: 'VIAR', model: 'KARYA 200', engineCc: 197 },
      ...{ njkb: 18_900_000, dueIn: -80, regency: '3517' },
    },
  },
  {
    nrkb: 'AE 1234 UB',
    chassisTail: '10034',
    shows: 'Angkutan umum, plat kuning: tarif 0,5 %',
    decision: 'booked',
    facts: { ...CAR, use: 'public', regency: '3577', ownerName: 'MOCH. KHOIRUL ANAM' },
  },
  {
    nrkb: 'AG 10 AP',
    chassisTail: '10035',
    shows: 'Kendaraan pemerintah, plat merah',
    decision: 'booked',
    facts: { ...CAR, use: 'government', ownerKind: 'company', ownerName: 'PEMERINTAH KAB. KEDIRI' },
  },
];

/** A show plate as the register and the counters hold it. */
export type ShownVehicle = {
  readonly plate: ShowPlate;
  /** What the counters get; null when it is what the register has. */
  readonly published: VehicleRecord | null;
  readonly record: VehicleRecord | null;
  readonly holdReason: string | null;
  readonly paid: { readonly channel: string } | null;
};

/** All show plates as of a day. */
export function buildShowVehicles(random: SeededRandom, today: LocalDate): readonly ShownVehicle[] {
  const owners = new Map<string, VehicleRecord>();
  return SHOW_PLATES.map((plate): ShownVehicle => {
    const built = showRecord(random, today, plate, plate.facts);
    const owner = plate.sameOwnerAs === undefined ? undefined : owners.get(plate.sameOwnerAs);
    const told = owner === undefined ? built : { ...built, ownerName: owner.ownerName, ownerNik: owner.ownerNik };
    owners.set(plate.nrkb, told);
    const differs: Differs = plate.differs ?? { how: 'same' };
    const plain = { plate, published: null, record: told, holdReason: null, paid: null };
    if (differs.how === 'newer') {
      const facts = { ...told.facts, ...('njkb' in differs.facts ? { njkb: differs.facts.njkb } : {}) };
      return { ...plain, published: told, record: { ...told, facts } };
    }
    if (differs.how === 'paid') return { ...plain, published: told, paid: { channel: differs.channel } };
    if (differs.how === 'held') return { ...plain, holdReason: differs.reason };
    if (differs.how === 'unknown') return { ...plain, published: told, record: null };
    return plain;
  });
}
