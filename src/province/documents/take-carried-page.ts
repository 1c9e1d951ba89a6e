import type { CarriedPage } from '../../contract/carried-page.ts';
import type { SignedCertificate } from '../../contract/receipt-statement.ts';
import { CARRIED_PAGE_CONTEXT, type UploadMetadata, uploadMetadataSchema } from '../../contract/uploads.ts';
import { err, type Result } from '../../domain/result.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { findDevice } from '../enrolment/device-store.ts';
import { registerByCertificate } from '../ingest/known-by-certificate.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { TakenPage } from './page-rows.ts';
import { PicturesBusy } from './pictures.ts';
import { takePage } from './take-page.ts';

/** Why a carried page was left out. */
export type CarriedPageProblem =
  | 'PAGE_SIGNATURE'
  | 'PAGE_METADATA'
  | 'OTHER_KEY'
  | 'WRONG_HASH'
  | 'TOO_LARGE'
  | 'PAGES_SPACE_LOW'
  | 'PICTURES_BUSY';

function readMetadata(text: string): UploadMetadata | undefined {
  try {
    return uploadMetadataSchema.safeParse(JSON.parse(text)).data;
  } catch (_notJson) {
    return undefined; // signed or not, it says nothing of a page
  }
}

/**
 * Takes a page that somebody else carried: proved by the signature of the device whose certificate the root vouches for,
 * which the caller has checked. The same checks as over a line (OPOP-Sync/1 12.2).
 */
export async function takeCarriedPage(
  context: ProvinceContext,
  signed: SignedCertificate,
  { head, bytes }: CarriedPage,
): Promise<Result<TakenPage, CarriedPageProblem>> {
  const { deviceId, signingKey } = signed.certificate;
  if (!verifyText(signingKey, CARRIED_PAGE_CONTEXT, head.text, head.sig)) return err('PAGE_SIGNATURE');
  const metadata = readMetadata(head.text);
  if (metadata === undefined) return err('PAGE_METADATA');
  const known = await findDevice(context.db, deviceId);
  if (known !== undefined && known.signingKey !== signingKey) return err('OTHER_KEY');
  if ((await context.pages.store.freeBytes()) < context.settings.pageMinFreeBytes) return err('PAGES_SPACE_LOW');
  if (known === undefined) {
    await context.db.transaction().execute((tx) => registerByCertificate(tx, context, signed));
  }
  try {
    return await takePage(context, deviceId, metadata, bytes);
  } catch (error) {
    // The page comes again with the next file; what else is in this one does not wait for it.
    if (error instanceof PicturesBusy) return err('PICTURES_BUSY');
    throw error;
  }
}
