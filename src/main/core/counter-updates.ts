import type { BackupService } from './backup/backup-service.ts';
import type { Foundation } from './foundation.ts';
import { counterMigrations } from './db/migrations/index.ts';
import { writeBackup } from './inspect/backup.ts';
import { quitAfterAnswer } from './last-word.ts';
import { mediaFolders } from './sync/media.ts';
import type { UpdateSource } from './updates/update-port.ts';
import { createUpdatesService, type UpdatesService } from './updates/updates-service.ts';

/** Wires the program's own next version. */
export function wireUpdates(foundation: Foundation, source: UpdateSource, backups: BackupService): UpdatesService {
  const { config, db, journal, newId, secrets, events, log } = foundation;
  return createUpdatesService({
    config,
    db,
    journal,
    newId,
    schema: counterMigrations.length,
    backup: async (out) => {
      await writeBackup(db, out, secrets);
      // On the medium too where there is one; an update does not wait for a flashdisk, and its view tells what came of it.
      await backups.make();
    },
    source,
    mediaFolders: () => mediaFolders(process.platform),
    events,
    log,
    quit: () => quitAfterAnswer(foundation),
  });
}
