import type { AgencyState } from '../../domain/application-state.ts';
import type { ProvinceContext } from '../province-context.ts';
import { Rounds } from '../rounds.ts';
import { isFrozen } from '../restore/server-rollback.ts';
import { type StandingApplication, takeDueApplication } from './application-store.ts';
import { type AgencyWord, recordAgencyWord } from './decide-application.ts';

/** States that the reference agency leaves by itself; what is incomplete waits for the citizen. */
const MOVED: readonly AgencyState[] = ['sent', 'in-process'];
const SAID_BY = 'reference';

/** What the reference agency says next; it exists so that a demo shows the whole way. */
function nextWord({ state, agency, number }: StandingApplication): AgencyWord {
  const said = { missing: [], saidBy: SAID_BY } as const;
  if (state === 'received') return { ...said, state: 'sent', reason: `Dikirim ke ${agency}.`, agencyNumber: null };
  if (state === 'sent') {
    return { ...said, state: 'in-process', reason: null, agencyNumber: `REF-${number.slice(-9)}` };
  }
  return { ...said, state: 'ready', reason: 'Hasil dapat diambil di gerai.', agencyNumber: null };
}

/** Moves every application that has stood for a step's time; answers how many. */
export async function moveAllDue(context: ProvinceContext, stepMs: number): Promise<number> {
  for (let moved = 0; ; moved += 1) {
    const isDone = await context.db.transaction().execute(async (tx) => {
      if (await isFrozen(tx)) return true;
      const application = await takeDueApplication(tx, MOVED, context.now() - stepMs);
      if (application === undefined) return true;
      const said = await recordAgencyWord(tx, context, application, nextWord(application));
      if (!said.ok) throw new Error(`the reference agency was refused: ${said.error}`);
      return false;
    });
    if (isDone) return moved;
  }
}

const IDLE_MS = 500;
const SOONEST_MS = 50;

/** An agency with a life, for demos: without a step time it does nothing, and people say where papers stand. */
export class ReferenceAgency {
  readonly #rounds: Rounds | undefined;
  readonly #everyMs: number;

  constructor(context: ProvinceContext) {
    const { agencyStepMs } = context.settings;
    this.#everyMs = Math.max(SOONEST_MS, Math.min(IDLE_MS, agencyStepMs ?? IDLE_MS));
    if (agencyStepMs === null) return;
    const run = () => moveAllDue(context, agencyStepMs);
    this.#rounds = new Rounds(context, { everyMs: this.#everyMs, failed: 'AGENCY_ROUND_FAILED', run });
  }

  start(): void {
    this.#rounds?.start(this.#everyMs);
  }

  /** Ends after the word in hand. */
  async stop(): Promise<void> {
    await this.#rounds?.stop();
  }
}
