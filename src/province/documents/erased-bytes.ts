import { sql } from 'kysely';
import type { ProvinceContext } from '../province-context.ts';

const MOST = 1000;

/**
 * Removes the ciphertexts of pages whose key was erased: without the key they are noise, and noise fills disks. A page that
 * another device holds too stays. Answers how many are settled.
 */
export async function removeErasedBytes(context: ProvinceContext): Promise<number> {
  const { rows } = await sql<{ device_id: string; document_id: string; held: boolean }>`
    select e.device_id, e.document_id,
      exists (select 1 from document_key k where k.document_id = e.document_id) as held
    from document_erasure e where e.bytes_removed_at is null order by e.erased_at limit ${MOST}`.execute(context.db);
  for (const { device_id, document_id, held } of rows) {
    if (!held) await context.pages.store.remove(document_id);
    await context.db
      .updateTable('document_erasure')
      .set({ bytes_removed_at: context.now() })
      .where('device_id', '=', device_id)
      .where('document_id', '=', document_id)
      .execute();
  }
  return rows.length;
}
