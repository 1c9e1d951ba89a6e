import { describe, expect, it } from 'vitest';
import { decideApplication } from '../../../src/province/applications/decide-application.ts';
import { moveAllDue } from '../../../src/province/applications/reference-agency.ts';
import { readApplications } from '../../../src/province/applications/application-store.ts';
import { openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { receivedRenewal, RENEWAL_PAPERS, RENEWED_PLATE } from '../../support/applications.ts';

const province = useProvince();

describe('papers that go on to an agency', () => {
  it('go from the counter to the province, are moved by the agency, and end in the hands of the citizen', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { context } = province().province;
    const { applicationId, state, promisedOn, missing } = await receivedRenewal(counter);
    expect({ state, promisedOn, missing }).toEqual({ state: 'received', promisedOn: '2026-03-17', missing: [] });
    expect(await counter.refusal('applications.hand-over', handOver(applicationId))).toMatchObject({
      code: 'APPLICATION_CLOSED',
    });
    await sync(counter);
    const [standing] = await readApplications(context.db, null, 10);
    expect(standing).toMatchObject({ applicationId, state: 'received', serviceId: 'five-year-renewal' });

    const said = await decideApplication(context, applicationId, {
      state: 'incomplete',
      reason: 'BPKB bukan asli.',
      missing: ['bpkb'],
      agencyNumber: null,
      saidBy: 'Rini',
    });
    expect(said.ok).toBe(true);
    await sync(counter);
    const asked = await counter.get('applications.get', { applicationId });
    expect(asked).toMatchObject({ state: 'incomplete', reason: 'BPKB bukan asli.', missing: ['BPKB asli'] });
    expect(await counter.get('exceptions.list')).toMatchObject([
      { kind: 'application-incomplete', nrkb: RENEWED_PLATE, reason: 'BPKB bukan asli.' },
    ]);

    const completed = await counter.get('applications.complete', {
      applicationId,
      documents: RENEWAL_PAPERS.map((kind) => ({ kind, present: true, held: false })),
    });
    expect(completed).toMatchObject({ state: 'received', missing: [], reason: null });
    expect(await counter.get('exceptions.list')).toEqual([]);
    await sync(counter);
    expect(await readApplications(context.db, 'received', 10)).toHaveLength(1);

    for (const word of ['sent', 'in-process', 'ready'] as const) {
      province().clock.now += 2000;
      expect(await moveAllDue(context, 1000), word).toBe(1);
      await sync(counter);
      expect(await counter.get('applications.get', { applicationId })).toMatchObject({ state: word });
    }
    const handed = await counter.get('applications.hand-over', handOver(applicationId));
    expect(handed.application).toMatchObject({ state: 'handed-over', missing: [] });
    expect(handed.application.agencyNumber).toMatch(/^REF-/);
    expect(handed.application.steps.map((step) => step.state)).toEqual([
      'received',
      'incomplete',
      'received',
      'sent',
      'in-process',
      'ready',
      'handed-over',
    ]);
    await sync(counter);
    expect(await readApplications(context.db, 'handed-over', 10)).toHaveLength(1);
    const late = await decideApplication(context, applicationId, {
      state: 'returned',
      reason: 'Salah kirim.',
      missing: [],
      agencyNumber: null,
      saidBy: 'Rini',
    });
    expect(late).toEqual({ ok: false, error: 'APPLICATION_HANDED_OVER' });
  });
});

function handOver(applicationId: string) {
  return { applicationId, to: 'owner' as const, name: 'Siti Pemohon', evidence: 'KTP asli diperlihatkan' };
}
