import type { Foundation } from './foundation.ts';
import { createRegionDesk, type RegionDesk } from './region/region-desk.ts';
import { createRegionWords, type RegionWords } from './region/region-words.ts';
import { createStickDesk, type StickDesk } from './region/stick-desk.ts';
import { createToldOutcomes } from './region/told-outcomes.ts';
import type { RegionLine } from './sync/region-line.ts';

/** A supervisor's own device: his region, and his words about it. */
export type RegionFeatures = {
  readonly region: RegionDesk;
  readonly regionWords: RegionWords;
  readonly sticks: StickDesk;
};

/** Wires the supervisor's desk; `askOutcomes` belongs after every contact with the province. */
export function wireRegion(
  { db, journal, cipher, events, log, timekeeper, newId }: Foundation,
  line: RegionLine,
): RegionFeatures & { readonly askOutcomes: () => Promise<void> } {
  return {
    region: createRegionDesk({ db, cipher, events, line, now: timekeeper.now }),
    regionWords: createRegionWords({ db, journal, cipher, events, newId }),
    sticks: createStickDesk({ line, events }),
    askOutcomes: createToldOutcomes({ db, cipher, events, log, line }),
  };
}
