import { createEvidenceService, type EvidenceService, shippedVerifier } from './audit/evidence-service.ts';
import { type AuditorLooks, createAuditorLooks } from './audit/look-service.ts';
import type { AuthService } from './auth/auth-service.ts';
import type { Foundation } from './foundation.ts';
import { markFilesOf } from './journal/export-journal.ts';
import type { ReportExportService } from './reports/report-export-service.ts';

/** What an auditor does here: every look is committed before it is one, and what he takes along is too. */
export type AuditFeatures = { readonly auditorLooks: AuditorLooks; readonly evidence: EvidenceService };

/** Wires the auditor's looks and the folder that he takes along. */
export function wireAudit(
  foundation: Foundation,
  auth: AuthService,
  reportDesk: Pick<ReportExportService, 'places'>,
): AuditFeatures {
  const { config, device } = foundation;
  return {
    auditorLooks: createAuditorLooks({ ...foundation, recheck: auth.recheck }),
    evidence: createEvidenceService({
      ...foundation,
      markFiles: markFilesOf(config, device.deviceId),
      folders: async () => (await reportDesk.places()).map(({ folder }) => folder),
      verifier: shippedVerifier(import.meta.dirname),
    }),
  };
}
