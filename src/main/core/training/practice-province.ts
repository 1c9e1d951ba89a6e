import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { FeedName } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  type SignedCertificate,
} from '../../../contract/receipt-statement.ts';
import { type EnrolAnswer, SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { DEFAULT_POLICY, type Policy } from '../../../domain/policy.ts';
import { createSecrets, type DeviceSecrets } from '../device/key-store.ts';
import { uuidV7 } from '../device/uuid.ts';
import { canonicalJson } from '../journal/hash-chain.ts';
import { keyIdOf, sign } from '../journal/signing.ts';
import { sealKeyFor } from '../journal/subject-keys.ts';
import type { RandomPort } from '../ports.ts';
import { PRACTICE_AREAS, practiceVehicles } from './practice-vehicles.ts';

/** The PIN of everybody in a training, as the screen of signing in says it. */
const PRACTICE_PIN = '123456';
/** A training lasts a day; nothing in it grows old. */
const LASTS_MS = 400 * 86_400_000;
/** PINs that everybody knows need not be dear. */
const PIN_COST = { memoryCost: 1024, timeCost: 1, parallelism: 1 } as const;
const OUTLET = {
  outletId: '3506-999',
  name: 'Gerai Latihan',
  address: 'LATIHAN, bukan gerai sungguhan',
  regency: '3506' as const,
  areas: [...PRACTICE_AREAS],
};
const PEOPLE = [
  { officerId: 'latihan-1', name: 'Petugas Latihan', role: 'officer' },
  { officerId: 'latihan-2', name: 'Petugas Kedua Latihan', role: 'officer' },
  { officerId: 'latihan-pengawas', name: 'Pengawas Latihan', role: 'supervisor' },
] as const;

type Statement = { readonly text: string; readonly sig: string };
type SignedPage = { readonly feed: FeedName; readonly scope: string; readonly page: SignedText };

/** What the device of a training is told, once. */
type PracticeWord = {
  readonly answer: EnrolAnswer;
  /** Key statements under the root key of `answer`. */
  readonly statements: readonly Statement[];
  readonly pages: readonly SignedPage[];
};

/** Caps that only a province lifts would end a training in its first hour. */
function practicePolicy(): Policy {
  const free = { unconfirmedDeposits: null, unconfirmedDepositBankDays: null, unsent: null };
  const timeless = { daysSinceContact: null, rulesAgeDays: null, registryAgeDays: null };
  const caps = { ...DEFAULT_POLICY.caps, ...free, ...timeless };
  return { ...DEFAULT_POLICY, version: 1, caps, complaintPhone: 'LATIHAN' };
}

/** Every document of a folder of the program, as it was shipped. */
function shipped(folder: string): readonly unknown[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/** The certificate of a training: marked, and under a root key of its own (OPOP-Sync/1 17.1). */
function certify(deviceId: string, secrets: DeviceSecrets, root: DeviceSecrets, nowMs: number): SignedCertificate {
  const certificate: DeviceCertificate = {
    deviceId,
    outletId: OUTLET.outletId,
    signingKey: secrets.signingPublic,
    sealingKey: secrets.sealingPublic,
    notAfter: nowMs + LASTS_MS,
    policyVersion: 1,
    environment: 'latihan',
  };
  const sig = sign(CERTIFICATE_CONTEXT, canonicalJson(certificate), root.signingPrivate);
  return { certificate, rootKeyId: keyIdOf(root.signingPublic), sig };
}

/** Statements of the two keys that every province has. */
function stateKeys(province: DeviceSecrets, root: DeviceSecrets, nowMs: number): readonly Statement[] {
  const times = { from: nowMs - LASTS_MS, to: nowMs + LASTS_MS, revoked: false };
  const keys = [
    { purpose: 'signing', publicKey: province.signingPublic },
    { purpose: 'sealing', publicKey: province.sealingPublic },
  ];
  return keys.map((key) => {
    const text = canonicalJson({ ...key, keyId: keyIdOf(key.publicKey), ...times });
    return { text, sig: sign(SIGNATURE_CONTEXT.keyStatement, text, root.signingPrivate) };
  });
}

/** Items that only this device can open. */
async function sealedItems(secrets: DeviceSecrets, nowMs: number, newId: () => string) {
  const own = { keyId: keyIdOf(secrets.sealingPublic), publicKey: secrets.sealingPublic };
  const seal = (value: unknown): Promise<string> => sealKeyFor(own, Buffer.from(JSON.stringify(value), 'utf8'));
  const pinVerifier = await seal({ argon2id: await hash(PRACTICE_PIN, PIN_COST) });
  const vehicles = practiceVehicles(localDateAt(nowMs), newId);
  const registry = PRACTICE_AREAS.map(async (area) => {
    const records = vehicles.filter(({ nrkb }) => nrkb.startsWith(`${area} `));
    return { area, items: [{ count: records.length, jwe: await seal(records) }] };
  });
  return {
    officers: PEOPLE.map((person) => ({ ...person, active: true, pinVerifier })),
    registry: await Promise.all(registry),
  };
}

type Wish = {
  readonly secrets: DeviceSecrets;
  /** ms UTC. */
  readonly nowMs: number;
  readonly random: RandomPort;
  /** Folder of the shipped tariffs and services. */
  readonly resourceDir: string;
};

/**
 * A province that exists for one call: keys of its own, which end with it, the certificate of one device, and the pages of
 * its feeds, which the counter judges like real ones. Tariffs and services are the shipped ones, the vehicles invented.
 */
export async function createPracticeProvince({ secrets, nowMs, random, resourceDir }: Wish): Promise<PracticeWord> {
  const [root, province] = [createSecrets(random), createSecrets(random)];
  const newId = (): string => uuidV7(Math.floor(nowMs), random.bytes(16));
  const [deviceId, incarnation] = [newId(), newId()];
  const pageOf = (feed: FeedName, scope: string, items: readonly unknown[]): SignedPage => {
    const place = { feed, scope, incarnation, from: 0, to: 1, prevHash: null };
    const text = canonicalJson({ ...place, validFrom: nowMs, freshUntil: nowMs + LASTS_MS, items });
    const sig = sign(SIGNATURE_CONTEXT.feedPage, text, province.signingPrivate);
    return { feed, scope, page: { text, keyId: keyIdOf(province.signingPublic), sig } };
  };
  const statements = stateKeys(province, root, nowMs);
  const { officers, registry } = await sealedItems(secrets, nowMs, newId);
  return {
    statements,
    answer: {
      nonce: Buffer.from(random.bytes(16)).toString('base64url'),
      deviceId,
      deviceNo: 99,
      outlet: OUTLET,
      rootKey: root.signingPublic,
      certificate: certify(deviceId, secrets, root, nowMs),
      incarnation,
      serverTime: nowMs,
    },
    pages: [
      pageOf('keys', 'all', statements),
      pageOf('policy', 'all', [practicePolicy()]),
      pageOf('rules', 'all', shipped(join(resourceDir, 'rule-packs'))),
      pageOf('services', 'all', shipped(join(resourceDir, 'service-packs'))),
      pageOf('officers', deviceId, officers),
      ...registry.map(({ area, items }) => pageOf('registry', `${deviceId}:${area}`, items)),
    ],
  };
}
