import { v7 as uuidV7 } from 'uuid';
import { openColumn, sealColumn } from '../crypto/body-cipher.ts';
import type { Db, Tx } from '../db/open.ts';

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

export type OutboxMessage = {
  readonly notificationId: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly phone: string;
  readonly text: string;
  readonly createdAt: number;
  readonly sentAt: number | null;
};

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

/** Messages in the order in which they were made, opened. */
export async function readOutbox(db: Db, columnKey: Uint8Array): Promise<readonly OutboxMessage[]> {
  const rows = await db
    .selectFrom('notification')
    .selectAll()
    .orderBy('created_at')
    .orderBy('notification_id')
    .execute();
  return rows.map((row) => {
    const opened: unknown = JSON.parse(openColumn(columnKey, contextOf(row.notification_id), row.sealed));
    // Written by `notify` above and authenticated by the cipher.
    const { phone, text } = opened as { phone: string; text: string };
    return {
      notificationId: row.notification_id,
      transactionId: row.transaction_id,
      kind: row.kind,
      phone,
      text,
      createdAt: row.created_at,
      sentAt: row.sent_at,
    };
  });
}
