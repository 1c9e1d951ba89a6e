import type { Api } from '../../src/contract/api.ts';
import type { OutputOf } from '../../src/contract/procedure.ts';
import type { TestCounter } from './test-counter.ts';

type ApplicationView = OutputOf<Api['applications.begin']>;

/** A show plate of the demo data. */
export const RENEWED_PLATE = 'AG 2345 KD';

/** A five-year renewal with every field filled; papers as they are named, none by default. */
export async function begunRenewal(counter: TestCounter, present: readonly string[] = []): Promise<ApplicationView> {
  const { applicationId } = await counter.get('applications.begin', { serviceId: 'five-year-renewal' });
  return await counter.get('applications.change', {
    applicationId,
    applicant: { name: 'Siti Pemohon', phone: '081234567890', isSubject: true },
    nrkb: RENEWED_PLATE,
    fields: { stnkValidUntil: '2026-04-01' },
    documents: present.map((kind) => ({ kind, present: true, held: kind === 'bpkb' })),
  });
}

/** Every paper that a renewal of one's own asks for. */
export const RENEWAL_PAPERS = ['stnk', 'owner-ktp', 'bpkb'] as const;

/** A renewal that was received with its papers. */
export async function receivedRenewal(
  counter: TestCounter,
  present: readonly string[] = RENEWAL_PAPERS,
): Promise<ApplicationView> {
  const { applicationId } = await begunRenewal(counter, present);
  return (await counter.get('applications.receive', { applicationId })).application;
}
