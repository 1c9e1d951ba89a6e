import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { readUnexplainedInspections } from '../cash/inspection-store.ts';
import type { ReadTx } from '../db/open.ts';
import { blank, guided } from './case-row.ts';

/** What surprise inspections found above the tolerance, while no other supervisor has explained it. */
export async function inspectionCases(tx: ReadTx): Promise<ExceptionCaseView[]> {
  return (await readUnexplainedInspections(tx)).map((inspection) => ({
    ...blank(undefined),
    caseId: `inspection-${inspection.inspectionId}`,
    cashSessionId: inspection.cashSessionId,
    inspectionId: inspection.inspectionId,
    kind: 'cash-variance' as const,
    openedAt: inspection.inspectedAt,
    difference: inspection.variance,
    reason: inspection.officerName,
    ...guided('cash-variance'),
  }));
}
