import { z } from 'zod';
import { DEFAULT_CASE_POLICY, DEFAULT_PAGE_POLICY, type Policy } from '../domain/policy.ts';
import { REFUND_PAPERS_POLICIES } from '../domain/refund-papers.ts';
import { rupiah } from '../domain/rupiah.ts';
import { DEFAULT_SIGNAL_POLICY } from '../domain/signal-policy.ts';
import { amountSchema, localDateSchema, textSchema } from './primitives.ts';

const staleSchema = z.enum(['sell', 'warn', 'intake-only']);
const count = z.int().nonnegative();

/** The province's choices for its counters; the item of feed `policy`. A checklist in it, as older ones carry, is ignored. */
export const policySchema = z.object({
  version: count,
  offlineCash: z.enum(['allowed', 'intake-only']),
  staleRules: staleSchema,
  staleRegistry: staleSchema,
  mirrorFailure: z.enum(['warn', 'stop']),
  cashRounding: z.object({ unit: z.int().positive(), direction: z.enum(['down', 'nearest', 'up']) }),
  agentFee: amountSchema,
  agentFeeBeneficiary: textSchema(80).default(''),
  varianceTolerance: amountSchema.default(rupiah(1000)),
  caps: z.object({
    perSale: amountSchema.nullable(),
    drawerCash: amountSchema.nullable(),
    unconfirmedDeposits: amountSchema.nullable(),
    unconfirmedDepositBankDays: count.nullable(),
    unsent: count.nullable(),
    daysSinceContact: count.nullable(),
    rulesAgeDays: count.nullable(),
    registryAgeDays: count.nullable(),
  }),
  complaintPhone: z.string().max(40),
  receiptHost: z.string().max(120),
  idleLockMinutes: z.int().positive(),
  clock: z.object({ backwardMinutes: z.int().positive(), forwardHours: z.int().positive() }),
  reprintsWithoutSupervisor: count,
  voidApproval: z.enum(['same-place', 'remote-allowed']),
  approvalConfirmDays: count.default(3),
  depositDeadlineDays: count,
  bankHolidays: z.array(localDateSchema).max(400).default([]),
  documentViewHours: z.int().positive(),
  lineFaultShownAfterHours: z.int().positive(),
  missingDocumentDays: z.int().positive(),
  pages: z
    .object({
      targetBytes: z.int().min(60_000).max(1_000_000),
      maxPages: z.int().min(1).max(200),
      quotaBytes: count,
      minFreeDiskBytes: count,
      uploadBytesPerSecond: z.int().positive().nullable(),
      keepStoredDays: count,
    })
    .default({ ...DEFAULT_PAGE_POLICY }),
  cases: z
    .object({
      promisedDays: z.int().min(1).max(365),
      refundDays: z.int().min(1).max(365),
      unclaimedDays: z.int().min(1).max(3650),
      cancellationUntilHour: z.int().min(0).max(24),
      waiveShortUpTo: amountSchema,
      // Policies that were published before it stand.
      refundPapers: z.enum(REFUND_PAPERS_POLICIES).default(DEFAULT_CASE_POLICY.refundPapers),
    })
    .default({ ...DEFAULT_CASE_POLICY }),
  signals: z
    .object({
      fewCases: z.int().min(2).max(1000),
      voidsPermille: z.int().min(0).max(1000),
      reprintsPermille: z.int().min(0).max(1000),
      lookupsPermille: z.int().min(0).max(1000),
      capBandPermille: z.int().min(1).max(500),
      capSales: z.int().min(1).max(1000),
      leavingMinutes: z.int().min(1).max(1440),
    })
    .default({ ...DEFAULT_SIGNAL_POLICY }),
}) satisfies z.ZodType<Policy>;
