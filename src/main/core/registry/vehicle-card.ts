import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import { parseLocalDate } from '../../../domain/local-date.ts';
import { maskName } from '../../../domain/mask.ts';
import type { RegisteredVehicle } from './registry-store.ts';

/** A vehicle as anyone at the counter may see it. */
export function vehicleCard(vehicle: RegisteredVehicle, paidHere: VehicleCard['paidHere']): VehicleCard {
  const { record } = vehicle;
  const { facts } = record;
  const [kind, engineCc, dueOn] = [facts['kind'], facts['engineCc'], facts['dueOn']];
  const due = parseLocalDate(dueOn);
  return {
    vehicleId: record.vehicleId,
    nrkb: record.nrkb,
    plateColour: record.plateColour,
    make: record.make,
    model: record.model,
    yearMade: record.yearMade,
    colour: record.colour,
    kind: typeof kind === 'string' ? kind : '',
    engineCc: typeof engineCc === 'number' ? engineCc : null,
    dueOn: due.ok ? due.value : null,
    maskedOwner: maskName(record.ownerName),
    district: record.district,
    dataOn: vehicle.dataOn,
    paidHere,
  };
}
