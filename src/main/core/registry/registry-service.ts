import type { Refusal } from '../../../contract/errors.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import { parseNik } from '../../../domain/nik.ts';
import { isEastJavaNrkb, type NrkbProblem, nrkbParts, parseNrkb } from '../../../domain/nrkb.ts';
import { normaliseChassisTail } from '../../../domain/chassis.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { findStandingSale } from '../transactions/standing-sale.ts';
import {
  findVehiclesByChassisTail,
  findVehiclesByNik,
  findVehiclesByNrkb,
  type RegisteredVehicle,
} from './registry-store.ts';
import { vehicleCard } from './vehicle-card.ts';

export type FindRefusal = Refusal<
  'NRKB_INVALID' | 'NRKB_LOOKALIKE' | 'NRKB_OTHER_PROVINCE' | 'SEARCH_TOO_SHORT' | 'VEHICLE_UNKNOWN'
>;

export type RegistryService = {
  /** By plate in any spelling, by the last five of the chassis number, or by NIK; never by name. */
  readonly find: (text: string) => Promise<Result<VehicleCard[], FindRefusal>>;
};

function nrkbRefusal(problem: NrkbProblem): FindRefusal {
  if (problem.code === 'NRKB_LOOKALIKE') {
    const { position, found, suggestion } = problem;
    return { code: 'NRKB_LOOKALIKE', path: ['text'], details: { position, found, suggestion } };
  }
  const details = { problem: problem.code, ...('position' in problem ? { position: problem.position } : {}) };
  return { code: 'NRKB_INVALID', path: ['text'], details };
}

export function createRegistryService({
  db,
  cipher,
}: {
  readonly db: Db;
  readonly cipher: ColumnCipher;
}): RegistryService {
  const cardOf = async (tx: ReadTx, vehicle: RegisteredVehicle): Promise<VehicleCard> => {
    const sale = await findStandingSale(tx, cipher, vehicle.record);
    if (sale === undefined) return vehicleCard(vehicle, null);
    const { transactionId, paidOn, receiptNumber } = sale;
    return vehicleCard(vehicle, { transactionId, paidOn, receiptNumber });
  };

  const cards = (read: (tx: ReadTx) => Promise<readonly RegisteredVehicle[]>): Promise<VehicleCard[]> =>
    db.read(async (tx) => {
      const found: VehicleCard[] = [];
      for (const vehicle of await read(tx)) found.push(await cardOf(tx, vehicle));
      return found;
    });

  return {
    find: async (text) => {
      const typed = text.trim();
      if (typed.length < 2) return err({ code: 'SEARCH_TOO_SHORT', path: ['text'] });
      const digits = typed.replaceAll(/[\s.]/g, '');
      if (/^\d{16}$/.test(digits)) {
        const nik = parseNik(digits);
        const byNik = nik.ok ? await cards((tx) => findVehiclesByNik(tx, cipher, nik.value.nik)) : [];
        return byNik.length > 0 ? ok(byNik) : err({ code: 'VEHICLE_UNKNOWN', details: { by: 'nik' } });
      }
      const nrkb = parseNrkb(typed);
      if (nrkb.ok) {
        const byNrkb = await cards((tx) => findVehiclesByNrkb(tx, cipher, nrkb.value));
        if (byNrkb.length > 0) return ok(byNrkb);
        if (!isEastJavaNrkb(nrkb.value)) {
          return err({ code: 'NRKB_OTHER_PROVINCE', path: ['text'], details: { area: nrkbParts(nrkb.value).area } });
        }
      }
      const tail = normaliseChassisTail(typed);
      if (tail.ok && (typed.length === 5 || typed.length > 12)) {
        const byTail = await cards((tx) => findVehiclesByChassisTail(tx, cipher, tail.value));
        if (byTail.length > 0) return ok(byTail);
      }
      return nrkb.ok
        ? err({ code: 'VEHICLE_UNKNOWN', details: { by: 'nrkb', nrkb: nrkb.value } })
        : err(nrkbRefusal(nrkb.error));
    },
  };
}
