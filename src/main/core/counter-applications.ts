import { createApplicationDraftService } from './applications/application-draft-service.ts';
import { createApplicationsService } from './applications/applications-service.ts';
import { createReceiveService, type HeldOriginals } from './applications/receive-application.ts';
import type { WriteTx } from './db/open.ts';
import type { ApplicationFeatures } from './features.ts';
import type { Foundation } from './foundation.ts';
import { createServicesService } from './services/services-service.ts';
import { receiptNumberAt } from './transactions/receipt-numbers.ts';
import type { GatherDeps } from './transactions/selling-facts.ts';
import { createWaiverService } from './transactions/waiver-service.ts';

/** What other rooms do for an application, inside its commit. */
export type ApplicationNeighbours = {
  readonly originals: HeldOriginals;
  readonly closePages: (tx: WriteTx, stream: string) => Promise<void>;
};

/** Wires the services beside the sale: catalogue, applications, and the waivers of both. */
export function wireApplications(
  foundation: Foundation,
  selling: GatherDeps,
  neighbours: ApplicationNeighbours,
): ApplicationFeatures {
  const { db, journal, subjectKeys, device, events, newId } = foundation;
  const parts = { ...selling, ...neighbours, db, journal, subjectKeys, events, newId };
  return {
    services: createServicesService(parts),
    applicationDrafts: createApplicationDraftService(parts),
    applications: createApplicationsService(parts),
    receiving: createReceiveService({ ...parts, numberAt: (position) => receiptNumberAt(device, position) }),
    waivers: createWaiverService(parts),
  };
}
