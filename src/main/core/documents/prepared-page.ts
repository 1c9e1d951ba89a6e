import { createHash } from 'node:crypto';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { PageSource } from '../db/schema-documents.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append } from '../journal/journal.ts';
import { sealKeyFor, type SealingKey } from '../journal/subject-keys.ts';
import type { RandomPort } from '../ports.ts';
import type { KeptPicture } from '../../pages/page-jobs.ts';
import { discardPage, findPage, insertPage, type PageRow, putReplacement, readPagesOf } from './document-store.ts';
import type { Intake } from './intake-tray.ts';
import { type SealedPage, sealPage, wrapPage } from './page-seal.ts';
import type { UsableView } from './page-views.ts';

const REPEAT_CONTEXT = 'document.repeat';

/** A page that is sealed and not on the disk yet. */
export type PreparedPage = {
  readonly picture: KeptPicture;
  readonly sealed: SealedPage;
  readonly sealedKey: string;
  readonly sealedTo: string;
  readonly repeatIndex: string;
  readonly source: PageSource;
};

/** A camera is a camera whatever its file; a PDF from a file is named as what it was. */
function sourceOf(intake: Intake, picture: KeptPicture): PageSource {
  return picture.pdf && intake.source === 'file' ? 'pdf' : intake.source;
}

/** Seals a page under a key of its own, and that key to the province. */
export async function preparePage(
  { cipher, random }: { readonly cipher: ColumnCipher; readonly random: RandomPort },
  of: {
    readonly intake: Intake;
    readonly kind: string;
    readonly page: { readonly pageNo: number };
    readonly picture: KeptPicture;
    readonly sealingKey: SealingKey;
  },
): Promise<PreparedPage> {
  const { stream, file } = of.intake;
  const sealed = sealPage(of.picture.jpeg, { stream, kind: of.kind }, random);
  const content = createHash('sha256').update(file).digest('base64url');
  return {
    picture: of.picture,
    sealed,
    sealedKey: await sealKeyFor(of.sealingKey, sealed.pageKey),
    sealedTo: of.sealingKey.keyId,
    repeatIndex: cipher.index(`${stream}\0${content}\0${String(of.page.pageNo)}`, REPEAT_CONTEXT),
    source: sourceOf(of.intake, of.picture),
  };
}

/** The page that is taken again; null where none was named, undefined where it is not one of this stream. */
export async function findReplaced(tx: ReadTx, stream: string, documentId: string): Promise<PageRow | undefined> {
  const row = await findPage(tx, documentId);
  const isOfStream = row?.stream === stream && row.state !== 'discarded' && row.replaced_by === null;
  return isOfStream ? row : undefined;
}

/** A page that was taken again: one that never came stays asked for and is answered; any other is taken back. */
async function settleReplaced(
  tx: WriteTx,
  append: Append,
  signIn: SignIn,
  replaced: PageRow,
  replacedBy: string,
): Promise<void> {
  await putReplacement(tx, replaced.document_id, replacedBy);
  if (replaced.state === 'missing' || replaced.state === 'refused') return;
  append({
    type: 'document.discarded',
    stream: replaced.stream,
    officerId: signIn.officerId,
    cashSessionId: null,
    body: { documentId: replaced.document_id, reason: 'retaken', note: null },
  });
  await discardPage(tx, replaced.document_id);
}

/** Entries and rows of pages whose files lie on the disk already. */
export async function writePages(
  tx: WriteTx,
  append: Append,
  of: {
    readonly signIn: SignIn;
    readonly intake: Intake;
    readonly kind: string;
    readonly prepared: readonly PreparedPage[];
    readonly replaced: PageRow | null;
    readonly view: UsableView;
    readonly random: RandomPort;
    readonly now: number;
  },
): Promise<void> {
  const { stream } = of.intake;
  const before = (await readPagesOf(tx, stream)).filter((row) => row.kind === of.kind);
  let next = 1 + before.reduce((highest, row) => Math.max(highest, row.page_no), 0);
  for (const [at, { picture, sealed, sealedKey, sealedTo, repeatIndex, source }] of of.prepared.entries()) {
    const replaced = at === 0 ? of.replaced : null;
    const pageNo = replaced?.kind === of.kind ? replaced.page_no : next++;
    const { documentId, bytes, pageKey } = sealed;
    const size = { bytes: bytes.length, width: picture.width, height: picture.height };
    const entry = append({
      type: 'document.captured',
      stream,
      officerId: of.signIn.officerId,
      cashSessionId: null,
      body: {
        documentId,
        kind: of.kind,
        pageNo,
        ...size,
        mediaType: 'image/jpeg',
        source,
        sealedTo,
        replaces: replaced?.document_id ?? null,
      },
    });
    const { viewKey, subject } = of.view;
    await insertPage(tx, {
      documentId,
      seq: entry.seq,
      stream,
      kind: of.kind,
      pageNo,
      ...size,
      source,
      capturedAt: of.now,
      viewSubject: subject,
      wrappedKey: viewKey === null ? null : wrapPage(viewKey, stream, { pageKey, look: picture.look }, of.random),
      sealedKey,
      sealedTo,
      repeatIndex,
    });
    if (replaced !== null) await settleReplaced(tx, append, of.signIn, replaced, documentId);
  }
}
