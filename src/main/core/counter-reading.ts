import { maskNik, parseNik } from '../../domain/nik.ts';
import { findApplication } from './applications/application-store.ts';
import type { ReadTx } from './db/open.ts';
import { findPage } from './documents/document-store.ts';
import { createPageDesk } from './documents/page-desk.ts';
import type { ReadingFeatures } from './features.ts';
import type { Foundation } from './foundation.ts';
import { createReadingService, type Registered, type RegisteredFields } from './reading/reading-service.ts';
import { findVehicle } from './registry/registry-store.ts';
import { findDraft } from './transactions/draft-store.ts';

const plainly = (value: string): Registered => ({ value, shown: value });

function identityOf(nik: string | null): Pick<RegisteredFields, 'nik'> {
  const parsed = nik === null ? null : parseNik(nik);
  // The whole NIK of the owner is on no screen; whether it is the same one may be said.
  return parsed?.ok === true ? { nik: { value: parsed.value.nik, shown: maskNik(parsed.value.nik) } } : {};
}

/**
 * What the registry says of the vehicle that a page belongs to. Before the chassis tail was confirmed only the plate that
 * the officer typed himself: a page must not tell what the citizen has still to prove.
 */
async function registeredFor(
  { cipher }: Pick<Foundation, 'cipher'>,
  tx: ReadTx,
  documentId: string,
): Promise<RegisteredFields> {
  const stream = (await findPage(tx, documentId))?.stream ?? '';
  const draft = await findDraft(tx, cipher, stream);
  if (draft === undefined) {
    const application = await findApplication(tx, cipher, stream);
    const nrkb = application?.content.nrkb ?? null;
    return nrkb === null ? {} : { nrkb: plainly(nrkb) };
  }
  const vehicle = await findVehicle(tx, cipher, draft.content.vehicleId);
  if (vehicle === undefined) return {};
  const { nrkb, chassisNumber, engineNumber, ownerNik } = vehicle.record;
  if (!draft.content.confirmed) return { nrkb: plainly(nrkb) };
  return {
    nrkb: plainly(nrkb),
    chassis: plainly(chassisNumber),
    engine: plainly(engineNumber),
    ...identityOf(ownerNik),
  };
}

/** Wires the reading of pages: a worker of its own, so that the next photograph never waits for it. */
export function wireReading(foundation: Foundation): ReadingFeatures & { readonly stop: () => Promise<void> } {
  const { startPageWorker, wait, log, clock, db } = foundation;
  const desk = createPageDesk({ start: startPageWorker, wait, log });
  return {
    reading: createReadingService({ recognise: (jpeg) => desk.read(jpeg), monoMs: clock.monoMs }),
    registeredFor: (documentId) => db.read((tx) => registeredFor(foundation, tx, documentId)),
    stop: () => desk.stop(),
  };
}
