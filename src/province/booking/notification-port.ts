import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import { openColumn, sealColumn } from '../crypto/body-cipher.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';

/** A message to the payer; `phone` is personal data. */
export type Notification = {
  readonly deviceId: string;
  readonly transactionId: string;
  readonly kind: 'final-receipt';
  readonly phone: string;
  readonly text: string;
};

/** Hands messages to whatever sends them. In the caller's transaction, so a message exists exactly when its cause does. */
export type NotificationPort = { readonly notify: (tx: Tx, notification: Notification, at: number) => Promise<void> };

/** A message that waits for a gateway. */
export type UnsentMessage = {
  readonly notificationId: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly createdAt: number;
};

const openedSchema = z.object({ phone: z.string(), text: z.string() });

/** The same with what its payer reads, and where. */
export type OpenedMessage = UnsentMessage & Readonly<z.infer<typeof openedSchema>>;

const contextOf = (notificationId: string): string => `notification:${notificationId}`;

/** The reference: a table that a gateway reads. Phone and text are encrypted. Idempotency: constraint notified_once. */
export function createNotificationOutbox(columnKey: Uint8Array): NotificationPort {
  return {
    notify: async (tx, { deviceId, transactionId, kind, phone, text }, at) => {
      const notificationId = uuidV7({ msecs: at });
      await tx
        .insertInto('notification')
        .values({
          notification_id: notificationId,
          device_id: deviceId,
          transaction_id: transactionId,
          kind,
          sealed: sealColumn(columnKey, contextOf(notificationId), JSON.stringify({ phone, text })),
          created_at: at,
        })
        .onConflict((conflict) => conflict.columns(['device_id', 'transaction_id', 'kind']).doNothing())
        .execute();
    },
  };
}

/** How many messages nobody has sent yet, and the oldest of them: what they are about, nothing of a person. */
export async function listUnsent(
  db: Db | Tx,
  limit: number,
): Promise<{ readonly unsent: number; readonly messages: readonly UnsentMessage[] }> {
  const { count } = await db
    .selectFrom('notification')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('sent_at', 'is', null)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('notification')
    .select(['notification_id', 'transaction_id', 'kind', 'created_at'])
    .where('sent_at', 'is', null)
    .orderBy('created_at')
    .orderBy('notification_id')
    .limit(limit)
    .execute();
  const messages = rows.map((row) => ({
    notificationId: row.notification_id,
    transactionId: row.transaction_id,
    kind: row.kind,
    createdAt: row.created_at,
  }));
  return { unsent: count, messages };
}

/** Opens messages for a named person with a reason, who stands in the incidents before anything is handed out. */
export async function openMessages(
  { db, keys, now, log }: Pick<ProvinceContext, 'db' | 'keys' | 'now' | 'log'>,
  messages: readonly UnsentMessage[],
  look: { readonly by: string; readonly reason: string },
): Promise<readonly OpenedMessage[]> {
  if (messages.length === 0) return [];
  const ids = messages.map(({ notificationId }) => notificationId);
  const facts = JSON.stringify({ ...look, messages: ids });
  await db.insertInto('incident').values({ device_id: null, kind: 'MESSAGES_OPENED', facts, at: now() }).execute();
  log('warn', 'MESSAGES_OPENED', { messages: ids.length });
  const rows = await db
    .selectFrom('notification')
    .select(['notification_id', 'sealed'])
    .where('notification_id', 'in', ids)
    .execute();
  const sealed = new Map(rows.map((row) => [row.notification_id, row.sealed]));
  return messages.map((message) => {
    const { notificationId } = message;
    const text = openColumn(keys.column, contextOf(notificationId), sealed.get(notificationId) ?? '');
    return { ...message, ...openedSchema.parse(JSON.parse(text)) };
  });
}
