import { sha256 } from '../crypto/hashing.ts';
import type { Db } from '../db/open.ts';
import type { PageStore } from '../documents/page-store.ts';
import type { ProblemList } from './problem-list.ts';

/** Pages read at a time: each is held in memory alone. */
const BATCH = 500;

function readBatch(db: Db, after: { deviceId: string; documentId: string }) {
  return db
    .selectFrom('document_key as key')
    .innerJoin('document', (join) =>
      join
        .onRef('document.device_id', '=', 'key.device_id')
        .onRef('document.document_id', '=', 'key.document_id')
        .on('document.state', '=', 'stored'),
    )
    .select(['key.device_id as deviceId', 'key.document_id as documentId', 'document.bytes'])
    .where((eb) => eb(eb.refTuple('key.device_id', 'key.document_id'), '>', eb.tuple(after.deviceId, after.documentId)))
    .orderBy('key.device_id')
    .orderBy('key.document_id')
    .limit(BATCH)
    .execute();
}

/** Every page that somebody could be shown has its ciphertext, and it is the one that its name says. */
export async function verifyDocuments(db: Db, store: PageStore, problems: ProblemList): Promise<number> {
  let documents = 0;
  for (let after = { deviceId: '00000000-0000-0000-0000-000000000000', documentId: '' }; ; ) {
    const rows = await readBatch(db, after);
    for (const { deviceId, documentId, bytes } of rows) {
      const held = await store.read(documentId);
      if (held === undefined) problems.add('DOCUMENT_MISSING', `${deviceId}/${documentId}`);
      else if (held.length !== bytes || sha256(held) !== documentId)
        problems.add('DOCUMENT_HASH', `${deviceId}/${documentId}`);
    }
    documents += rows.length;
    const last = rows.at(-1);
    if (last === undefined) return documents;
    after = { deviceId: last.deviceId, documentId: last.documentId };
  }
}
