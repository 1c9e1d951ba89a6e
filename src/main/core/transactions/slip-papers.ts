import type { SlipStatement } from '../../../contract/slip-statement.ts';
import type { Appended } from '../journal/entry-text.ts';
import type { ArrivalFacts, SlipFacts } from '../printing/paper-facts.ts';
import type { Arrival } from './arrival-store.ts';
import { originOf, type PaperContext } from './papers.ts';
import type { SaleVehicle } from './sale-store.ts';

/** What a slip proves, beside the place of its entry; `subject` is a plate or a service, never a person. */
export type SlipSubject = Pick<
  SlipStatement,
  'kind' | 'subjectId' | 'number' | 'subject' | 'on' | 'promisedOn' | 'drawer'
>;

/** Facts that every slip bears, all of them from the committed entry, with the address that proves them. */
export function slipFacts(
  context: PaperContext,
  officerName: string,
  entry: Pick<Appended, 'epoch' | 'seq' | 'hash' | 'wallMs' | 'timeTrust'>,
  slip: SlipSubject,
): SlipFacts {
  const { device, policy, slips } = context;
  const { epoch, seq, timeTrust } = entry;
  return {
    ...originOf(context, officerName),
    number: slip.number,
    on: slip.on,
    recordedAt: entry.wallMs,
    timeTrust,
    headHash: entry.hash,
    proofUrl: slips.slipUrl(policy.receiptHost, { ...slip, deviceId: device.deviceId, epoch, seq, timeTrust }),
  };
}

/** Facts of a proof of arrival. */
export function arrivalFacts(
  context: PaperContext,
  arrived: {
    readonly officerName: string;
    readonly arrival: Arrival;
    readonly vehicle: Pick<SaleVehicle, 'make' | 'model' | 'yearMade'>;
    readonly entry: Appended;
  },
): ArrivalFacts {
  const { arrival, vehicle, entry } = arrived;
  const slip = slipFacts(context, arrived.officerName, entry, {
    kind: 'arrival',
    subjectId: arrival.arrivalId,
    number: arrival.arrivalNumber,
    subject: arrival.person.nrkb,
    on: arrival.arrivedOn,
    promisedOn: null,
  });
  const { make, model, yearMade } = vehicle;
  return { ...slip, nrkb: arrival.person.nrkb, make, model, yearMade };
}
