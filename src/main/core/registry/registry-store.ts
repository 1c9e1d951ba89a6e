import { type VehicleRecord, vehicleRecordSchema } from '../../../contract/feeds.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { normaliseChassisTail } from '../../../domain/chassis.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

/** A vehicle of the local registry with the age of its data. */
export type RegisteredVehicle = {
  readonly record: VehicleRecord;
  readonly registryVersion: number;
  readonly dataOn: LocalDate;
  /** ms UTC of the page it came with. */
  readonly validFrom: number;
};

/** Contexts of ciphertext and indexes: a value sealed in one column opens in no other. */
const CONTEXT = { row: 'vehicle', nrkb: 'vehicle.nrkb', chassis: 'vehicle.chassis', nik: 'vehicle.nik' } as const;

/** At most this many candidates are shown for one search. */
const MAX_CANDIDATES = 25;

/** The index under which every table keeps a plate; the plate itself is never stored in clear. */
export function nrkbIndex(cipher: ColumnCipher, nrkb: string): string {
  return cipher.index(nrkb, CONTEXT.nrkb);
}

function opened(
  cipher: ColumnCipher,
  row: { sealed: string; registry_version: number; data_on: string; valid_from: number },
): RegisteredVehicle {
  return {
    record: vehicleRecordSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT.row))),
    registryVersion: row.registry_version,
    dataOn: row.data_on as LocalDate, // written by putVehicles only
    validFrom: row.valid_from,
  };
}

type SearchColumn = 'nrkb_index' | 'chassis_index' | 'nik_index';

const selectBy = (column: SearchColumn) =>
  prepared<{ value: string }>()((from, of) =>
    from
      .selectFrom('vehicle')
      .select(['sealed', 'registry_version', 'data_on', 'valid_from'])
      .where(column, '=', of('value'))
      .limit(MAX_CANDIDATES),
  );
const select = {
  nrkb_index: selectBy('nrkb_index'),
  chassis_index: selectBy('chassis_index'),
  nik_index: selectBy('nik_index'),
} as const;

async function findBy(
  tx: ReadTx,
  cipher: ColumnCipher,
  column: SearchColumn,
  value: string,
): Promise<readonly RegisteredVehicle[]> {
  return select[column](tx, { value }).map((row) => opened(cipher, row));
}

export function findVehiclesByNrkb(
  tx: ReadTx,
  cipher: ColumnCipher,
  nrkb: string,
): Promise<readonly RegisteredVehicle[]> {
  return findBy(tx, cipher, 'nrkb_index', cipher.index(nrkb, CONTEXT.nrkb));
}

export function findVehiclesByChassisTail(
  tx: ReadTx,
  cipher: ColumnCipher,
  tail: string,
): Promise<readonly RegisteredVehicle[]> {
  return findBy(tx, cipher, 'chassis_index', cipher.index(tail, CONTEXT.chassis));
}

export function findVehiclesByNik(
  tx: ReadTx,
  cipher: ColumnCipher,
  nik: string,
): Promise<readonly RegisteredVehicle[]> {
  return findBy(tx, cipher, 'nik_index', cipher.index(nik, CONTEXT.nik));
}

const selectVehicle = prepared<{ vehicleId: string }>()((from, of) =>
  from
    .selectFrom('vehicle')
    .select(['sealed', 'registry_version', 'data_on', 'valid_from'])
    .where('vehicle_id', '=', of('vehicleId')),
);

/** May miss: a vehicle can leave the registry between two looks. */
export async function findVehicle(
  tx: ReadTx,
  cipher: ColumnCipher,
  vehicleId: string,
): Promise<RegisteredVehicle | undefined> {
  const [row] = selectVehicle(tx, { vehicleId });
  return row === undefined ? undefined : opened(cipher, row);
}

/** Last five characters of a chassis number as they are compared; a number that is too short stands for itself. */
export function chassisTailOf(chassisNumber: string): string {
  const tail = normaliseChassisTail(chassisNumber);
  return tail.ok ? tail.value : chassisNumber;
}

type Row = {
  readonly vehicle_id: string;
  readonly area: string;
  readonly nrkb_index: string;
  readonly chassis_index: string;
  readonly nik_index: string | null;
  readonly sealed: string;
  readonly registry_version: number;
  readonly data_on: string;
  readonly valid_from: number;
};

const putRow = preparedWrite<Row>()((to, of) => {
  const row = {
    area: of('area'),
    nrkb_index: of('nrkb_index'),
    chassis_index: of('chassis_index'),
    nik_index: of('nik_index'),
    sealed: of('sealed'),
    registry_version: of('registry_version'),
    data_on: of('data_on'),
    valid_from: of('valid_from'),
  };
  return to
    .insertInto('vehicle')
    .values({ vehicle_id: of('vehicle_id'), ...row })
    .onConflict((conflict) => conflict.column('vehicle_id').doUpdateSet(row));
});

/** Writes one page of the registry feed; the same page again changes nothing. */
export async function putVehicles(
  tx: WriteTx,
  cipher: ColumnCipher,
  page: {
    readonly area: string;
    readonly version: number;
    readonly dataOn: LocalDate;
    /** ms UTC. */
    readonly validFrom: number;
    readonly records: readonly VehicleRecord[];
  },
): Promise<void> {
  for (const record of page.records) {
    putRow(tx, {
      vehicle_id: record.vehicleId,
      area: page.area,
      nrkb_index: cipher.index(record.nrkb, CONTEXT.nrkb),
      chassis_index: cipher.index(chassisTailOf(record.chassisNumber), CONTEXT.chassis),
      nik_index: record.ownerNik === null ? null : cipher.index(record.ownerNik, CONTEXT.nik),
      sealed: cipher.seal(JSON.stringify(record), CONTEXT.row),
      registry_version: page.version,
      data_on: page.dataOn,
      valid_from: page.validFrom,
    });
  }
}

/** How many vehicles are known; counted along the smallest index, so without looking at one of them. */
export async function countVehicles(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('vehicle')
    .select((eb) => eb.fn.countAll<number>().as('vehicles'))
    .executeTakeFirstOrThrow();
  return row.vehicles;
}
