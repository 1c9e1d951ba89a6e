import { abandonPages } from './documents/abandon-pages.ts';
import { readPagesOf } from './documents/document-store.ts';
import { closeView } from './documents/view-key-store.ts';
import { createEmergencyService, type EmergencyService } from './emergency/emergency-service.ts';
import type { Foundation } from './foundation.ts';
import { createReceiptSigner } from './journal/receipt-signer.ts';

/** Wires the emergency receipt book: its sales stand in the journal beside all others, its photos in the room of pages. */
export function wireEmergency(foundation: Foundation): { readonly emergency: EmergencyService } {
  const { secrets, timekeeper } = foundation;
  return {
    emergency: createEmergencyService({
      ...foundation,
      signer: createReceiptSigner(secrets.signingPrivate),
      photosOf: async (tx, stream) => (await readPagesOf(tx, stream)).map((row) => row.document_id),
      closePages: async (tx, stream) => {
        await closeView(tx, stream, timekeeper.now());
      },
      abandonPages: (tx, append, stream, officerId) =>
        abandonPages(tx, append, { stream, officerId, nowMs: timekeeper.now() }),
    }),
  };
}
