import { ProvinceRefusal } from './province-error.ts';

/** Pushes at work in this process; what comes beyond is answered at once instead of waiting in memory. */
export type Admission = {
  /** Refuses with BUSY when there is no place; asked before a body is read. */
  readonly check: () => void;
  /** Runs the work in a place of its own. Throws ProvinceRefusal BUSY when there is none. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
};

/** At most `places` pieces of work at once; a node's own limit, nothing that another node would need to know (OPOP-Sync/1 11.5). */
export function createAdmission(places: number): Admission {
  let taken = 0;
  const check = (): void => {
    if (taken >= places) throw new ProvinceRefusal('BUSY');
  };
  return {
    check,
    run: async (work) => {
      check();
      taken += 1;
      try {
        return await work();
      } finally {
        taken -= 1;
      }
    },
  };
}
