import { salePersonalSchema } from '../../contract/journal-entry.ts';
import type { HeldOriginals } from './applications/receive-application.ts';
import { findApplication } from './applications/application-store.ts';
import type { ReadTx } from './db/open.ts';
import type { OriginalsFeatures } from './features.ts';
import type { Foundation } from './foundation.ts';
import { createFormsService } from './forms/forms-service.ts';
import { bodyOf } from './journal/entry-text.ts';
import { createSlipSigner } from './journal/slip-signer.ts';
import { closeHoldings, readHoldingsOf } from './originals/holding-store.ts';
import { createOriginalsService, type DescribeStream, type StreamCard } from './originals/originals-service.ts';
import { receiveOriginals } from './originals/receive-originals.ts';
import { createQueueService } from './queue/queue-service.ts';
import { findVehicle, nrkbIndex } from './registry/registry-store.ts';
import { getAnnualTax } from './services/service-store.ts';
import { findArrival, findOpenArrivalOf } from './transactions/arrival-store.ts';
import { findDraft } from './transactions/draft-store.ts';
import { receiptNumberAt } from './transactions/receipt-numbers.ts';
import { findSale } from './transactions/sale-store.ts';

type Labelled = readonly { readonly kind: string; readonly label: string }[];

const labelsOf = (papers: Labelled): ReadonlyMap<string, string> =>
  new Map(papers.map(({ kind, label }) => [kind, label]));

/** Whose papers a stream is about: asked of the rooms that own sales, drafts, arrivals and applications. */
function describeStreams({ journal, cipher, subjectKeys }: Foundation): DescribeStream {
  const ofSale = async (tx: ReadTx, stream: string): Promise<StreamCard | undefined> => {
    const sale = await findSale(tx, cipher, stream);
    if (sale === undefined) return undefined;
    const entry = await journal.find(tx, sale.seq);
    if (entry === undefined) throw new Error('a sale without its entry');
    const opened = await subjectKeys.openPersonal(tx, bodyOf('transaction.paid', entry).sealed);
    const personal = opened === undefined ? undefined : salePersonalSchema.parse(opened);
    const { nrkb } = sale.vehicle;
    const labels = labelsOf((await getAnnualTax(tx)).documents);
    return {
      number: sale.receiptNumber,
      nrkb,
      name: personal?.payerName ?? null,
      subject: nrkb,
      labels,
      takesPapers: true,
    };
  };

  const ofDraft = async (tx: ReadTx, stream: string): Promise<StreamCard | undefined> => {
    const draft = await findDraft(tx, cipher, stream);
    if (draft === undefined) return undefined;
    const vehicle = await findVehicle(tx, cipher, draft.content.vehicleId);
    const nrkb = vehicle?.record.nrkb ?? null;
    const labels = labelsOf((await getAnnualTax(tx)).documents);
    // A service that ended as an arrival: its citizen waits under that number.
    const isArrival = draft.state === 'arrival' && nrkb !== null;
    const arrival = isArrival ? await findOpenArrivalOf(tx, cipher, nrkbIndex(cipher, nrkb)) : undefined;
    return {
      number: arrival?.arrivalNumber ?? null,
      nrkb,
      name: arrival?.person.name ?? draft.content.payer.name,
      subject: nrkb ?? '',
      labels,
      takesPapers: draft.state === 'open',
    };
  };

  const ofArrival = async (tx: ReadTx, stream: string): Promise<StreamCard | undefined> => {
    const arrival = await findArrival(tx, cipher, stream);
    if (arrival === undefined) return undefined;
    const { nrkb, name } = arrival.person;
    const labels = labelsOf((await getAnnualTax(tx)).documents);
    return { number: arrival.arrivalNumber, nrkb, name, subject: nrkb, labels, takesPapers: true };
  };

  const ofApplication = async (tx: ReadTx, stream: string): Promise<StreamCard | undefined> => {
    const application = await findApplication(tx, cipher, stream);
    if (application === undefined) return undefined;
    const { content, service, received, state } = application;
    return {
      number: received?.applicationNumber ?? null,
      nrkb: content.nrkb,
      name: content.applicant.name,
      subject: content.nrkb ?? service.name,
      labels: labelsOf(service.documents),
      // A draft brings its own when it is received.
      takesPapers: state !== 'draft' && state !== 'abandoned' && state !== 'handed-over',
    };
  };

  return async (tx, stream) =>
    (await ofSale(tx, stream)) ??
    (await ofDraft(tx, stream)) ??
    (await ofArrival(tx, stream)) ??
    (await ofApplication(tx, stream));
}

/** The drawer as other rooms use it, inside their own commit. */
export function heldOriginals({ newId }: Pick<Foundation, 'newId'>): HeldOriginals {
  return {
    receive: async (tx, append, held) => {
      await receiveOriginals(tx, append, held, newId);
    },
    heldOf: readHoldingsOf,
    close: closeHoldings,
  };
}

/** Wires the drawer of originals, the queue, pre-printed forms, and the slips that prove them. */
export function wireOriginals(foundation: Foundation): OriginalsFeatures {
  const { db, journal, cipher, subjectKeys, secrets, device, timekeeper, events, newId } = foundation;
  const parts = { db, journal, cipher, subjectKeys, events, newId, today: timekeeper.today };
  return {
    slips: createSlipSigner(secrets.signingPrivate, device.certificate),
    originals: createOriginalsService({
      ...parts,
      describe: describeStreams(foundation),
      numberAt: (position) => receiptNumberAt(device, position),
    }),
    queue: createQueueService(parts),
    forms: createFormsService(parts),
  };
}
