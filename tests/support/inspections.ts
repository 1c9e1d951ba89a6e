import { putOutletUnder } from '../../src/province/approvals/supervisors.ts';
import { DEFAULT_OUTLET_ID, DEMO_AUDITOR_ID } from '../../src/province/demo/demo-outlets.ts';
import { pinOf, sync } from './at-the-counter.ts';
import { balance, currentId, drawnId, notes } from './drawer.ts';
import type { TestCounter } from './test-counter.ts';
import type { TestProvince } from './test-province.ts';

/** The supervisor of another outlet, as far as this counter does not know him yet. */
const SECOND = 'pengawas-3518-004';

/** A surprise inspection that finds Rp20.000 too little, and another supervisor who explains it; then an auditor takes his copy. */
export async function inspectionOfADay(counter: TestCounter, province: TestProvince): Promise<void> {
  const { inspectionId } = await counter.get('cash-inspection.count', {
    inspectionId: drawnId(0xe2),
    cashSessionId: await currentId(counter),
    counts: notes(balance(counter, 'cash-drawer') - 20_000),
    sure: true,
    supervisor: { officerId: 'pengawas', pin: pinOf('pengawas') },
  });
  await counter.get('cash-inspection.list', {});
  const put = await putOutletUnder(province.province.context, SECOND, DEFAULT_OUTLET_ID);
  if (!put.ok) throw new Error(put.error);
  await sync(counter);
  await counter.get('sign-in.end', {});
  await counter.get('sign-in.begin', { officerId: SECOND, pin: pinOf(SECOND) });
  await counter.get('cash-inspection.explain', { inspectionId, explanation: 'uang kembalian diambil koperasi' });
  await counter.get('sign-in.end', {});
  await counter.get('sign-in.begin', { officerId: DEMO_AUDITOR_ID, pin: pinOf(DEMO_AUDITOR_ID) });
  await counter.get('audit.mandate', {});
  const [own] = await counter.get('reports.places', {});
  await counter.get('audit.export', { from: '2026-03-01', to: '2026-03-31', folder: own?.folder ?? '' });
  await counter.get('sign-in.end', {});
  await counter.get('sign-in.begin', { officerId: 'petugas-1', pin: pinOf('petugas-1') });
}
