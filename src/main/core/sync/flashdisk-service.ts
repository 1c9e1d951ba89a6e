import type { ExportedBundle, ImportedAnswer, MediumPlace } from '../../../contract/views-roads.ts';
import type { Result } from '../../../domain/result.ts';
import type { EventsPort } from '../ports.ts';
import { type ExportDeps, exportBundle, type ExportRefusal } from './export-bundle.ts';
import { importAnswer, type ImportDeps, type ImportRefusal } from './import-answer.ts';
import { mediaFolders, mediumPlaces } from './media.ts';

/** Entries out and answers in, without a line. */
export type FlashdiskService = {
  readonly places: () => Promise<MediumPlace[]>;
  readonly exportBundle: (to: string, officerId: string | null) => Promise<Result<ExportedBundle, ExportRefusal>>;
  readonly importAnswer: (file: string, officerId: string | null) => Promise<Result<ImportedAnswer, ImportRefusal>>;
};

export function createFlashdiskService(
  deps: ExportDeps & ImportDeps & { readonly events: EventsPort; readonly onOfficers: () => Promise<void> },
): FlashdiskService {
  const { events } = deps;
  // One stick at a time: two imports side by side would read each other's cursors.
  const turns: { last: Promise<unknown> } = { last: Promise.resolve() };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turns.last.then(work);
    turns.last = next.catch(() => undefined); // whoever asked gets the error; the next one goes on
    return next;
  };

  return {
    places: () => mediumPlaces(mediaFolders(process.platform)),
    exportBundle: (to, officerId) =>
      inTurn(async () => {
        const exported = await exportBundle(deps, { to, officerId });
        events.publish('outbox');
        return exported;
      }),
    importAnswer: (file, officerId) =>
      inTurn(async () => {
        const imported = await importAnswer(deps, { file, officerId });
        if (!imported.ok) return imported;
        if (imported.value.pages > 0) await deps.onOfficers();
        for (const topic of ['outbox', 'transactions', 'exceptions', 'registry', 'sign-in'] as const) {
          events.publish(topic);
        }
        return imported;
      }),
  };
}
