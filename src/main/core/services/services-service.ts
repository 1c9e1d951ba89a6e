import type { ServiceView } from '../../../contract/views-documents.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Db } from '../db/open.ts';
import { readServices } from './service-store.ts';
import { serviceView } from './service-view.ts';

export type ServicesService = {
  /** Every service of the catalogue, also those that cannot be chosen today, with the reason. */
  readonly list: () => Promise<ServiceView[]>;
};

export function createServicesService({
  db,
  today,
}: {
  readonly db: Db;
  readonly today: () => LocalDate;
}): ServicesService {
  return {
    list: async () => (await db.read((tx) => readServices(tx))).map((service) => serviceView(service, today())),
  };
}
