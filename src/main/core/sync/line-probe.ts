import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import type { LineProbe, PresentedAuthority } from '../ports.ts';

const PATIENCE_MS = 6_000;
/** Longer chains than this are somebody's joke. */
const LONGEST_CHAIN = 8;

/** Names of the network cards that are up and lead somewhere. */
function activeCards(): readonly string[] {
  return Object.entries(networkInterfaces())
    .filter(([, addresses]) => (addresses ?? []).some(({ internal, family }) => !internal && family === 'IPv4'))
    .map(([name]) => name);
}

/** What the machine lends: time that only rises, and a wait. */
type Edges = {
  readonly monoMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

async function inTime<T>(work: Promise<T>, wait: Edges['wait']): Promise<T | undefined> {
  const done = new AbortController();
  const limit = wait(PATIENCE_MS, done.signal).then(() => undefined);
  const first = await Promise.race([work.catch(() => undefined), limit]); // a name that is not found is an answer
  done.abort();
  return first;
}

/** The last certificate of the chain that was shown: whoever vouches for all others. */
function authorityOf(peer: DetailedPeerCertificate): PresentedAuthority | null {
  let top = peer;
  for (let n = 0; n < LONGEST_CHAIN && top.issuerCertificate?.raw !== undefined; n += 1) {
    if (top.issuerCertificate.fingerprint256 === top.fingerprint256) break;
    top = top.issuerCertificate;
  }
  if (top.raw === undefined) return null;
  const base64 = top.raw.toString('base64').replaceAll(/.{64}/g, '$&\n');
  const nameOf = (names: DetailedPeerCertificate['subject']): string => String(names.O ?? names.CN ?? '').slice(0, 120);
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    fingerprint: top.fingerprint256,
    name: nameOf(top.subject),
    // Whoever is vouched for by somebody that was not shown cannot be trusted alone.
    isRoot: JSON.stringify(top.subject) === JSON.stringify(top.issuer),
  };
}

function shakeHands(url: URL, monoMs: Edges['monoMs']): Promise<LineProbe['tls']> {
  const startedAt = monoMs();
  return new Promise((resolve) => {
    const host = url.hostname.replaceAll(/[[\]]/g, '');
    const socket = connect({
      host,
      port: url.port === '' ? 443 : Number(url.port),
      // A name only: an address may stand in no handshake.
      ...(/^[\d.:a-f]+$/i.test(host) ? {} : { servername: host }),
      // Nothing is sent: who answers is looked at, and believed or not by its certificate afterwards.
      rejectUnauthorized: false,
      timeout: PATIENCE_MS,
    });
    const end = (fault: string | null, authority: PresentedAuthority | null): void => {
      socket.destroy();
      resolve({
        ms: Math.max(0, Math.round(monoMs() - startedAt)),
        fault,
        fingerprint: authority?.fingerprint ?? null,
        authority,
      });
    };
    socket.once('secureConnect', () => {
      const fault = socket.authorized ? null : String(socket.authorizationError);
      end(fault, authorityOf(socket.getPeerCertificate(true)));
    });
    socket.once('timeout', () => end('TIMEOUT', null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'UNKNOWN', null));
  });
}

/** Looks at the way to an address: its name, who answers there, and the networks of this computer. Sends nothing. */
export async function probeLine(url: string, { monoMs, wait }: Edges): Promise<Omit<LineProbe, 'trusted'>> {
  const cards = activeCards();
  const address = URL.parse(url);
  if (address === null) return { dns: null, tls: null, cards };
  const startedAt = monoMs();
  const found = await inTime(lookup(address.hostname.replaceAll(/[[\]]/g, '')), wait);
  if (found === undefined) return { dns: null, tls: null, cards };
  const dns = { ms: Math.max(0, Math.round(monoMs() - startedAt)) };
  return { dns, tls: address.protocol === 'https:' ? await shakeHands(address, monoMs) : null, cards };
}
