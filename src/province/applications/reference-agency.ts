import type { AgencyState } from '../../domain/application-state.ts';
import type { ProvinceContext } from '../province-context.ts';
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

/** An agency with a life, for demos: without a step time it does nothing, and people say where papers stand. */
export class ReferenceAgency {
  readonly #context: ProvinceContext;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(context: ProvinceContext) {
    this.#context = context;
  }

  start(): void {
    const { agencyStepMs } = this.#context.settings;
    if (agencyStepMs === null) return;
    this.#stopped = false;
    this.#sleep(agencyStepMs);
  }

  #sleep(stepMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#running = this.#round(stepMs);
      },
      Math.max(50, Math.min(IDLE_MS, stepMs)),
    );
  }

  async #round(stepMs: number): Promise<void> {
    try {
      await moveAllDue(this.#context, stepMs);
    } catch (error) {
      // The database is away: the rows are still there when it is back.
      this.#context.log('error', 'AGENCY_ROUND_FAILED', { error: String(error).slice(0, 200) });
    }
    this.#sleep(stepMs);
  }

  /** Ends after the word in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
