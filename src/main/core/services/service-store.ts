import { type ServicePack, servicePackSchema } from '../../../contract/service-pack.ts';
import { ANNUAL_TAX } from '../../../domain/annual-tax.ts';
import { remembered } from '../../../domain/remembered.ts';
import type { Service } from '../../../domain/service.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';

/** A counter knows a dozen services. */
const KEPT = 40;

/** A pack as it was stored; one that cannot be read is a bug or damage, never skipped. */
export const readPack = remembered(KEPT, (text): Service => servicePackSchema.parse(JSON.parse(text)));

/** Keeps what the province signed of a service; the last word counts, as with policies of a restored province. */
export async function putServicePack(tx: WriteTx, pack: ServicePack): Promise<void> {
  const row = { version: pack.version, text: JSON.stringify(pack) };
  await tx
    .insertInto('service_pack')
    .values({ service_id: pack.serviceId, ...row })
    .onConflict((conflict) => conflict.column('service_id').doUpdateSet(row))
    .execute();
}

const selectPack = prepared<{ serviceId: string }>()((from, of) =>
  from.selectFrom('service_pack').select('text').where('service_id', '=', of('serviceId')),
);

/** A service by its name; before the province has spoken only the annual tax is known. */
export async function findService(tx: ReadTx, serviceId: string): Promise<Service | undefined> {
  const [row] = selectPack(tx, { serviceId });
  if (row !== undefined) return readPack(row.text);
  return serviceId === ANNUAL_TAX.serviceId ? ANNUAL_TAX : undefined;
}

/** The service that is sold at this counter. */
export async function getAnnualTax(tx: ReadTx): Promise<Service> {
  return (await findService(tx, ANNUAL_TAX.serviceId)) ?? ANNUAL_TAX;
}

/** Every service that this counter knows, the sale first, then by name. */
export async function readServices(tx: ReadTx): Promise<readonly Service[]> {
  const rows = await tx.selectFrom('service_pack').select('text').execute();
  const packs = rows.map(({ text }) => readPack(text));
  const all = packs.some((pack) => pack.serviceId === ANNUAL_TAX.serviceId) ? packs : [ANNUAL_TAX, ...packs];
  const rank = (service: Service): string => `${service.kind === 'sale' ? 0 : 1} ${service.name}`;
  return all.toSorted((left, right) => (rank(left) < rank(right) ? -1 : 1));
}
