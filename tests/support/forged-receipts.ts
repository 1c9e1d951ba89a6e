import { sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import { encodeReceiptProof } from '../../src/contract/receipt-statement.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { createSeededRandom } from './seeded-random.ts';
import { type PaperWorld, paperOf, paperWorld, signingPair } from './test-receipt.ts';

/** A paper that no counter printed as it stands. */
export type Forged = { readonly how: string; readonly text: string };

/** What a forger has: papers of the outlets, another province of his own making, and the keys of a stolen device. */
export type ForgersWorld = {
  readonly honest: PaperWorld;
  readonly other: PaperWorld;
  readonly stolen: PaperWorld;
  readonly foreign: PaperWorld;
  readonly ended: PaperWorld;
  /** The instant from which the stolen device is revoked. */
  readonly stolenAt: number;
};

export function forgersWorld(): ForgersWorld {
  const honest = paperWorld();
  return {
    honest,
    other: paperWorld(honest.root),
    stolen: paperWorld(honest.root),
    foreign: paperWorld(signingPair()),
    ended: paperWorld(honest.root, Date.UTC(2026, 1, 1)),
    stolenAt: Date.UTC(2026, 2, 8, 5),
  };
}

type Draw = { readonly below: (limit: number) => number };
type Forge = (world: ForgersWorld, draw: Draw) => string;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PRINTED = `${LETTERS}.+~ #%Ø`;
/** The order of the curve's group: S + L is a second signature to a careless verifier. */
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

const canonical = (value: unknown): string => canonicalize(value) ?? '';
const genuine = (world: PaperWorld): string => encodeReceiptProof(paperOf(world));
const withPart = (text: string, index: number, change: (part: string) => string): string => {
  const parts = text.split('.');
  return parts.with(index, change(parts[index] ?? '')).join('.');
};
const dayOf = (draw: Draw, from: number, to: number): string =>
  `202603${String(from + draw.below(to - from + 1)).padStart(2, '0')}`;

function secondSignature(part: string, at = 0): string {
  const bytes = Buffer.from(part.slice(at), 'base64url');
  let scalar = 0n;
  for (const byte of [...bytes.subarray(32)].reverse()) scalar = scalar * 256n + BigInt(byte);
  scalar += ORDER;
  for (let index = 32; index < 64; index += 1) {
    bytes[index] = Number(scalar & 255n);
    scalar >>= 8n;
  }
  return part.slice(0, at) + bytes.toString('base64url');
}

/** The last letter of a base64url text has bits that no byte uses. */
const respelled = (part: string): string => part.slice(0, -1) + LETTERS.charAt(LETTERS.indexOf(part.slice(-1)) ^ 1);

/** Signed by the thief's own key, under a certificate in which he wrote it himself. */
function ownCertificate({ honest }: ForgersWorld): string {
  const pair = signingPair();
  const proof = paperOf(honest);
  const { certificate } = proof.certificate;
  const bent = { ...certificate, signingKey: pair.publicKey };
  const own = paperOf({ ...honest, device: pair, certificate: bent });
  return encodeReceiptProof({ ...own, certificate: { ...proof.certificate, certificate: bent } });
}

/** A genuine signature of the device, of something else than a receipt. */
function otherContext({ honest }: ForgersWorld, context: string): string {
  const proof = paperOf(honest);
  const text = canonical(proof.statement);
  const sig = sign(null, Buffer.from(context + text), honest.device.privateKey).toString('base64url');
  return encodeReceiptProof({ ...proof, receiptSig: sig });
}

const EDITS: Readonly<Record<string, Forge>> = {
  'another amount under a genuine signature': ({ honest }, draw) =>
    withPart(genuine(honest), 8, () => String(1 + draw.below(9_000_000))),
  'another plate': ({ honest }, draw) => withPart(genuine(honest), 6, () => `AG_${String(1000 + draw.below(1344))}_KX`),
  'another day': ({ honest }, draw) => withPart(genuine(honest), 9, () => dayOf(draw, 11, 28)),
  'another period': ({ honest }, draw) => withPart(genuine(honest), 7, () => dayOf(draw, 21, 31)),
  'one period more': ({ honest }) => withPart(genuine(honest), 7, (part) => `${part}+20270320`),
  'another position': ({ honest }, draw) => withPart(genuine(honest), 4, () => String(43 + draw.below(1000))),
  'another epoch number': ({ honest }, draw) => withPart(genuine(honest), 2, () => String(2 + draw.below(50))),
  'another epoch nonce': ({ honest }) =>
    withPart(genuine(honest), 3, (part) => LETTERS.charAt(LETTERS.indexOf(part.charAt(0)) ^ 1) + part.slice(1)),
  'another transaction': ({ honest }, draw) =>
    withPart(
      genuine(honest),
      5,
      (part) => part.slice(0, -12) + Array.from({ length: 12 }, () => draw.below(16).toString(16)).join(''),
    ),
  'another word for the time': ({ honest }) => withPart(genuine(honest), 10, () => 'r'),
};

const SWAPS: Readonly<Record<string, Forge>> = {
  'the name of another device': ({ honest, other }) =>
    withPart(genuine(honest), 1, () => other.certificate.deviceId.replaceAll('-', '')),
  'the certificate of another device': ({ honest, other }) =>
    encodeReceiptProof({ ...paperOf(honest), certificate: paperOf(other).certificate }),
  'device and certificate of another': ({ honest, other }) => {
    const [own, theirs] = [paperOf(honest), paperOf(other)];
    const statement = { ...own.statement, deviceId: theirs.statement.deviceId };
    return encodeReceiptProof({ statement, receiptSig: own.receiptSig, certificate: theirs.certificate });
  },
  'the signature of another paper': ({ honest }) =>
    withPart(genuine(honest), 11, () => genuine(honest).split('.')[11] ?? ''),
  'another province': ({ foreign }) => genuine(foreign),
  'another province under our name': ({ honest, foreign }) =>
    withPart(genuine(foreign), 16, (part) => (genuine(honest).split('.')[16] ?? '').slice(0, 12) + part.slice(12)),
  'another outlet': ({ honest }) => withPart(genuine(honest), 12, () => '3578-001'),
  'a longer certificate': ({ honest }) => withPart(genuine(honest), 15, () => '1999999999999+1'),
  'a key of his own': (world) => ownCertificate(world),
  'a signature of an entry': (world) => otherContext(world, 'opop/entry/1\0'),
  'a signature of a hello': (world) => otherContext(world, 'opop/hello/1\0'),
  'a certificate that has ended': ({ ended }) => genuine(ended),
};

const SPELLINGS: Readonly<Record<string, Forge>> = {
  'an amount in hexadecimal': ({ honest }) => withPart(genuine(honest), 8, (part) => `0x${Number(part).toString(16)}`),
  'an amount with a zero before it': ({ honest }) => withPart(genuine(honest), 8, (part) => `0${part}`),
  'an amount with a plus': ({ honest }) => withPart(genuine(honest), 8, (part) => `+${part}`),
  'a power of ten': ({ honest }) => withPart(genuine(honest), 8, (part) => `${part}e0`),
  'a position with a space': ({ honest }) => withPart(genuine(honest), 4, (part) => ` ${part}`),
  'a third number after the certificate': ({ honest }) => withPart(genuine(honest), 15, (part) => `${part}+7`),
  'a plate with spaces': ({ honest }) => withPart(genuine(honest), 6, (part) => part.replaceAll('_', ' ')),
  'a plate with its own letter': ({ honest }) => withPart(genuine(honest), 6, (part) => part.replaceAll('~', 'Ø')),
  'ids in capitals': ({ honest }) =>
    withPart(
      withPart(genuine(honest), 1, (part) => part.toUpperCase()),
      5,
      (part) => part.toUpperCase(),
    ),
  'a second spelling of the signature': ({ honest }) => withPart(genuine(honest), 11, respelled),
  'a second spelling of the key': ({ honest }) => withPart(genuine(honest), 13, respelled),
  'a second spelling of the sealing key': ({ honest }) => withPart(genuine(honest), 14, respelled),
  'a second signature of the same text': ({ honest }) => withPart(genuine(honest), 11, secondSignature),
  'a second signature of the certificate': ({ honest }) =>
    withPart(genuine(honest), 16, (part) => secondSignature(part, 12)),
};

const THEFTS: Readonly<Record<string, Forge>> = {
  'a stolen key, after its revocation': ({ stolen }, draw) =>
    encodeReceiptProof(
      paperOf(stolen, { paidOn: `2026-03-${String(9 + draw.below(2)).padStart(2, '0')}` as LocalDate }),
    ),
  'a stolen key, dated back before its revocation': ({ stolen }, draw) =>
    encodeReceiptProof(
      paperOf(stolen, {
        paidOn: `2026-02-${String(10 + draw.below(18))}` as LocalDate,
        total: rupiah(draw.below(9_000_000)),
      }),
    ),
};

const DAMAGES: Readonly<Record<string, Forge>> = {
  'a text cut short': ({ honest }, draw) => {
    const text = genuine(honest);
    return text.slice(0, draw.below(text.length));
  },
  'a letter changed': ({ honest }, draw) => {
    const text = genuine(honest);
    const at = draw.below(text.length);
    const letter = PRINTED.charAt(
      (PRINTED.indexOf(text.charAt(at)) + 1 + draw.below(PRINTED.length - 1)) % PRINTED.length,
    );
    return text.slice(0, at) + letter + text.slice(at + 1);
  },
  'a letter left out': ({ honest }, draw) => {
    const text = genuine(honest);
    const at = draw.below(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  'two letters changed places': ({ honest }, draw) => {
    const text = genuine(honest);
    const at = draw.below(text.length - 1);
    const [one, two] = [text.charAt(at), text.charAt(at + 1)];
    return one === two ? text.slice(1) : text.slice(0, at) + two + one + text.slice(at + 2);
  },
};

const FORGERIES = Object.entries({ ...EDITS, ...SWAPS, ...SPELLINGS, ...THEFTS, ...DAMAGES });

/** `count` forged papers, every kind in turn; the same seed forges the same way. */
export function forgedReceipts(world: ForgersWorld, count: number, seed: number): readonly Forged[] {
  const random = createSeededRandom(`forger/${String(seed)}`);
  const draw: Draw = { below: (limit) => Math.floor(random.fraction() * limit) };
  const rounds = Math.ceil(count / FORGERIES.length);
  const forged = Array.from({ length: rounds }, () =>
    FORGERIES.map(([how, forge]) => ({ how, text: forge(world, draw) })),
  );
  return forged.flat().slice(0, count);
}
