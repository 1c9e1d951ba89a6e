import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  type AnyDecision,
  anyDecisionSchema,
  type BlockItem,
  blockItemSchema,
  type FeedPage,
  keyStatementSchema,
  officerItemSchema,
  registryItemSchema,
  type ReleaseItem,
  releaseItemSchema,
  type VehicleRecord,
  vehicleRecordSchema,
  type VoidedReceiptItem,
  voidedReceiptItemSchema,
} from '../../../contract/feeds.ts';
import { pairedCounterSchema } from '../../../contract/feeds-approvals.ts';
import { type AnnouncementItem, announcementItemSchema } from '../../../contract/feeds-people.ts';
import { policySchema } from '../../../contract/policy.ts';
import { parseRulePack } from '../../../contract/rule-pack.ts';
import { type ServicePack, servicePackSchema } from '../../../contract/service-pack.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { RulePack } from '../../../domain/rule-pack-document.ts';
import { applyApplicationDecision } from '../applications/apply-application-decision.ts';
import {
  applyApprovalDecision,
  putPairs,
  putQuestion,
  type SealedPair,
  sealPair,
} from '../approvals/supervisor-store.ts';
import { putOfficer, sealApprovalKey, type SentOfficer } from '../auth/auth-store.ts';
import { sealVerifier, verifierHash } from '../auth/pin.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { putAnnouncement } from '../people/announcement-store.ts';
import { insertPaymentReturn } from '../payments/payment-store.ts';
import { applyCancellation, applyRefund } from '../cases/apply-case-decision.ts';
import { insertConfirmation } from '../cash/confirmation-store.ts';
import { applyPageDecision } from '../documents/page-decisions.ts';
import { openSealed } from '../journal/subject-keys.ts';
import { insertDecision } from '../exceptions/decision-store.ts';
import { putBlock } from '../registry/block-store.ts';
import { putVehicles } from '../registry/registry-store.ts';
import { putRelease } from '../rules/release-store.ts';
import { putPolicy, putProvinceKey, putRulePack } from '../rules/rules-store.ts';
import { putServicePack } from '../services/service-store.ts';
import { applyDecision } from '../transactions/sale-store.ts';
import { putVoidedReceipt } from '../transactions/voided-receipt-store.ts';
import { verifiedKeys } from './link.ts';
import { parseJson } from './parse-json.ts';
import { takeSecondWords } from './second-word-store.ts';

/** A page's items after every seal was opened and every item was parsed: only writing is left. */
export type PreparedPage = (tx: WriteTx) => Promise<void>;

export type ApplyDeps = {
  readonly cipher: ColumnCipher;
  readonly sealingPrivate: KeyObject;
  readonly rootKey: string;
};

/** A page with one item that cannot be read is not applied at all: half a page would be a lie. */
export type ApplyProblem = 'BAD_ITEM' | 'NOT_SEALED_TO_US';

const verifierSchema = z.object({
  argon2id: z
    .string()
    .regex(/^\$argon2id\$/)
    .max(400),
  /** Of a supervisor: the key that he and this counter share, for codes from afar; older provinces send none. */
  approvalKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
});

function parsedItems<T>(schema: z.ZodType<T>, items: readonly unknown[]): Result<readonly T[], ApplyProblem> {
  const parsed = z.array(schema).safeParse(items);
  return parsed.success ? ok(parsed.data) : err('BAD_ITEM');
}

function parseSealed<T>(schema: z.ZodType<T>, plain: Uint8Array): Result<T, ApplyProblem> {
  const parsed = schema.safeParse(parseJson(Buffer.from(plain).toString('utf8')));
  return parsed.success ? ok(parsed.data) : err('BAD_ITEM');
}

async function prepareRules(page: FeedPage): Promise<Result<PreparedPage, ApplyProblem>> {
  const packs: RulePack[] = [];
  for (const item of page.items) {
    const pack = parseRulePack(item);
    if (!pack.ok) return err('BAD_ITEM');
    packs.push(pack.value);
  }
  return ok(async (tx) => {
    for (const pack of packs) await putRulePack(tx, pack, page.to);
  });
}

/** The counters of a supervisor, where this device is his own. */
async function openPairs(
  seals: readonly string[],
  { cipher, sealingPrivate }: ApplyDeps,
): Promise<Result<readonly SealedPair[], ApplyProblem>> {
  const pairs: SealedPair[] = [];
  for (const jwe of seals) {
    const plain = await openSealed(jwe, sealingPrivate);
    if (!plain.ok) return plain;
    const opened = parseSealed(z.array(pairedCounterSchema).max(1000), plain.value);
    if (!opened.ok) return opened;
    pairs.push(...opened.value.map((pair) => sealPair(cipher, pair)));
  }
  return ok(pairs);
}

async function prepareOfficers(page: FeedPage, deps: ApplyDeps): Promise<Result<PreparedPage, ApplyProblem>> {
  const items = parsedItems(officerItemSchema, page.items);
  if (!items.ok) return items;
  const officers: SentOfficer[] = [];
  const paired = new Map<string, readonly SealedPair[]>();
  for (const { officerId, name, role, active, pinVerifier, pairs, mandate = null, startsUntil = null } of items.value) {
    const opened = await openPairs(pairs ?? [], deps);
    if (!opened.ok) return opened;
    if (pairs !== undefined) paired.set(officerId, active ? opened.value : []);
    const plain = await openSealed(pinVerifier, deps.sealingPrivate);
    if (!plain.ok) return plain;
    const verifier = parseSealed(verifierSchema, plain.value);
    if (!verifier.ok) return verifier;
    const { argon2id, approvalKey } = verifier.value;
    const approvalKeySealed = approvalKey === undefined ? null : sealApprovalKey(deps.cipher, approvalKey);
    const pinSealed = sealVerifier(deps.cipher, argon2id);
    const pin = { pinSealed, verifierHash: verifierHash(argon2id), startsUntil };
    const isOwnDevice = pairs !== undefined;
    officers.push({ officerId, name, role, active, ...pin, approvalKeySealed, mandate, isOwnDevice });
  }
  return ok(async (tx) => {
    for (const officer of officers) await putOfficer(tx, officer);
    for (const [officerId, pairs] of paired) await putPairs(tx, officerId, pairs);
  });
}

async function prepareRegistry(page: FeedPage, deps: ApplyDeps): Promise<Result<PreparedPage, ApplyProblem>> {
  const items = parsedItems(registryItemSchema, page.items);
  if (!items.ok) return items;
  const records: VehicleRecord[] = [];
  for (const { jwe } of items.value) {
    const plain = await openSealed(jwe, deps.sealingPrivate);
    if (!plain.ok) return plain;
    const opened = parseSealed(z.array(vehicleRecordSchema), plain.value);
    if (!opened.ok) return opened;
    records.push(...opened.value);
  }
  const area = page.scope.split(':').at(-1) ?? page.scope;
  const dataOn = localDateAt(page.validFrom);
  const { to: version, validFrom } = page;
  return ok((tx) => putVehicles(tx, deps.cipher, { area, version, dataOn, validFrom, records }));
}

/** What was decided of a sale, of papers that went on to an agency, or of one page. */
async function putDecision(tx: WriteTx, cipher: ColumnCipher, decision: AnyDecision): Promise<void> {
  if ('application' in decision) return await applyApplicationDecision(tx, cipher, decision);
  if ('page' in decision) return await applyPageDecision(tx, decision);
  if ('deposit' in decision) return await insertConfirmation(tx, decision);
  if ('cancellation' in decision) return await applyCancellation(tx, decision);
  if ('refund' in decision) return await applyRefund(tx, decision);
  if ('payment' in decision) return await insertPaymentReturn(tx, decision);
  if ('approval' in decision) return await applyApprovalDecision(tx, decision);
  if ('asks' in decision) return await putQuestion(tx, decision);
  await insertDecision(tx, decision);
  await applyDecision(tx, {
    transactionId: decision.transactionId,
    central: decision.central,
    decidedAt: decision.decidedAt,
    finalNumber: decision.finalReceipt?.number ?? null,
  });
}

/** A page whose items are written one by one, each on its own. */
function prepareEach<T>(
  schema: z.ZodType<T>,
  page: FeedPage,
  put: (tx: WriteTx, item: T) => Promise<void>,
): Result<PreparedPage, ApplyProblem> {
  const items = parsedItems(schema, page.items);
  if (!items.ok) return items;
  return ok(async (tx) => {
    for (const item of items.value) await put(tx, item);
  });
}

/** What was decided, and what became of entries that had been set aside. */
function prepareDecisions(page: FeedPage, { cipher }: ApplyDeps): Result<PreparedPage, ApplyProblem> {
  const decisions = prepareEach<AnyDecision>(anyDecisionSchema, page, (tx, item) => putDecision(tx, cipher, item));
  if (!decisions.ok) return decisions;
  return ok(async (tx) => {
    await decisions.value(tx);
    await takeSecondWords(tx, page);
  });
}

/** Opens and parses a verified page outside the transaction; what comes back only writes. */
export async function preparePage(page: FeedPage, deps: ApplyDeps): Promise<Result<PreparedPage, ApplyProblem>> {
  switch (page.feed) {
    case 'keys': {
      const items = parsedItems(keyStatementSchema, page.items);
      if (!items.ok) return items;
      const keys = verifiedKeys(items.value, deps.rootKey);
      return ok(async (tx) => {
        for (const key of keys) await putProvinceKey(tx, key);
      });
    }
    case 'rules':
      return await prepareRules(page);
    case 'policy':
      return prepareEach<Policy>(policySchema, page, putPolicy);
    case 'officers':
      return await prepareOfficers(page, deps);
    case 'registry':
      return await prepareRegistry(page, deps);
    case 'decisions':
      return prepareDecisions(page, deps);
    case 'releases':
      return prepareEach<ReleaseItem>(releaseItemSchema, page, putRelease);
    case 'receipts-void':
      return prepareEach<VoidedReceiptItem>(voidedReceiptItemSchema, page, putVoidedReceipt);
    case 'blocks':
      return prepareEach<BlockItem>(blockItemSchema, page, (tx, item) => putBlock(tx, item, page.validFrom));
    case 'services':
      return prepareEach<ServicePack>(servicePackSchema, page, putServicePack);
    case 'announcements':
      return prepareEach<AnnouncementItem>(announcementItemSchema, page, putAnnouncement);
    default:
      return assertNever(page.feed);
  }
}

/** Pages that hold personal data stay only as hash and projection; the page itself can be fetched again. */
export function isKeptWhole(page: FeedPage): boolean {
  return page.feed !== 'registry';
}
