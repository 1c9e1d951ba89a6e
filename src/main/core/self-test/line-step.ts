import type { LinePort, LineProbe } from '../ports.ts';
import { type Said, say } from '../../../contract/self-test-words.ts';
import { found, type Step, type Stopwatch } from './step.ts';

type Parts = {
  readonly provinceUrl: string;
  readonly line: LinePort;
  readonly probe: (url: string) => Promise<LineProbe>;
  readonly monoMs: Stopwatch;
};

const ASKED = 3;
const TIMEOUT_MS = 8_000;
const BITS = 8;

async function fetchIn(parts: Parts, path: string): Promise<{ ms: number; bytes: number } | { reason: string }> {
  const startedAt = parts.monoMs();
  const exchanged = await parts.line.exchange({
    method: 'GET',
    url: `${parts.provinceUrl}${path}`,
    headers: {},
    body: null,
    timeoutMs: TIMEOUT_MS,
    signal: new AbortController().signal,
  });
  if (!exchanged.ok) return { reason: exchanged.reason };
  const { status, body } = exchanged.answer;
  if (status !== 200) return { reason: `HTTP_${String(status)}` };
  return { ms: parts.monoMs() - startedAt, bytes: Buffer.byteLength(body) };
}

const about = ({ cards, trusted }: LineProbe): readonly Said[] => [
  ...(cards.length > 1 ? [say('lineCards', cards.join(', '))] : []),
  ...(trusted === null ? [] : [say('lineTrusted', trusted)]),
];

/** The way to the province, hop by hop: name, certificate, answer, speed; and what this computer has of networks. */
export function lineStep(parts: Parts): Step {
  return async () => {
    if (parts.provinceUrl === '') return found(true, say('lineNone'));
    const probe = await parts.probe(parts.provinceUrl);
    const cards = { cards: probe.cards.length };
    if (probe.dns === null) return found(false, [say('lineDns'), ...about(probe)], cards);
    const seen = { ...cards, dnsMs: probe.dns.ms, tlsMs: probe.tls?.ms ?? null };
    if (probe.tls !== null && probe.tls.fault !== null) {
      const { fault, fingerprint } = probe.tls;
      return found(false, say('lineTls', fault), { ...seen, fault, fingerprint });
    }
    const times: number[] = [];
    for (let n = 0; n < ASKED; n += 1) {
      const answer = await fetchIn(parts, '/healthz');
      if ('reason' in answer) {
        return found(false, [say('lineDown', answer.reason), ...about(probe)], { ...seen, fault: answer.reason });
      }
      times.push(answer.ms);
    }
    const latencyMs = Math.round(Math.min(...times));
    const large = await fetchIn(parts, '/openapi.json');
    if ('reason' in large) {
      return found(false, [say('lineDown', large.reason), ...about(probe)], {
        ...seen,
        latencyMs,
        fault: large.reason,
      });
    }
    const kilobits = Math.round((large.bytes * BITS) / Math.max(1, large.ms));
    const message = [say('lineFine', latencyMs, kilobits), ...about(probe)];
    return found(true, message, { ...seen, latencyMs, kilobitsPerS: kilobits, trusted: probe.trusted });
  };
}
