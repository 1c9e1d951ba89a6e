import type { Foundation } from './foundation.ts';
import { join } from 'node:path';
import { REPORT_FOLDER } from './reports/export-file.ts';
import { createInsightDesk, type InsightDesk } from './region/insight-desk.ts';
import { createInsightExport, type InsightExport } from './region/insight-export.ts';
import { createOthersWords, type OthersWords } from './region/others-words.ts';
import { createRegionDesk, type RegionDesk } from './region/region-desk.ts';
import { createRegionWords, type RegionWords } from './region/region-words.ts';
import { createStickDesk, type StickDesk } from './region/stick-desk.ts';
import { createToldOutcomes } from './region/told-outcomes.ts';
import { mediaFolders } from './sync/media.ts';
import type { RegionLine } from './sync/region-line.ts';

/** A supervisor's own device: his region, and his words about it. */
export type RegionFeatures = {
  readonly region: RegionDesk;
  readonly regionWords: RegionWords;
  readonly othersWords: Pick<OthersWords, 'understood'>;
  readonly sticks: StickDesk;
  readonly insight: InsightDesk;
  readonly insightExport: InsightExport;
};

/** Wires the supervisor's desk; `askOutcomes` belongs after every contact with the province. */
export function wireRegion(
  { config, db, device, journal, cipher, events, log, timekeeper, newId }: Foundation,
  line: RegionLine,
): RegionFeatures & { readonly askOutcomes: () => Promise<void> } {
  const insight = createInsightDesk({ db, cipher });
  const othersWords = createOthersWords({ db, cipher, events, log, line, now: timekeeper.now });
  const askOutcomes = createToldOutcomes({ db, cipher, events, log, line });
  return {
    region: createRegionDesk({ db, cipher, events, line, now: timekeeper.now }),
    regionWords: createRegionWords({ db, journal, cipher, events, newId }),
    othersWords,
    sticks: createStickDesk({ line, events }),
    insight,
    insightExport: createInsightExport({
      desk: insight,
      journal,
      newId,
      deviceId: device.deviceId,
      ownFolder: join(config.dataDir, REPORT_FOLDER),
      media: () => mediaFolders(process.platform),
    }),
    askOutcomes: async () => {
      await askOutcomes();
      await othersWords.ask();
    },
  };
}
