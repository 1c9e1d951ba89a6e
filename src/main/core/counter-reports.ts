import { join } from 'node:path';
import type { Foundation } from './foundation.ts';
import { REPORT_FOLDER } from './reports/export-file.ts';
import { createReportDesk } from './reports/report-desk.ts';
import { createReportExportService, type ReportExportService } from './reports/report-export-service.ts';
import { mediaFolders } from './sync/media.ts';

/** Wires the reports: a thread of their own that reads, and what an export leaves in the journal. */
export function wireReports(foundation: Foundation): { readonly reportDesk: ReportExportService } {
  const { config, db, device, secrets } = foundation;
  const { outlet, deviceNo, deviceId } = device;
  const desk = createReportDesk({
    file: db.file,
    outlet: { outlet, deviceNo, training: config.mode === 'training' },
    dataKey: secrets.dataKey,
    indexKey: secrets.indexKey,
  });
  return {
    reportDesk: createReportExportService({
      ...foundation,
      desk,
      deviceId,
      outletId: outlet.outletId,
      ownFolder: join(config.dataDir, REPORT_FOLDER),
      media: () => mediaFolders(process.platform),
    }),
  };
}
