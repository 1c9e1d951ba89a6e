import { statSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { offeredUpdateSchema, updatePieceSchema } from '../../../contract/update.ts';
import { err, ok } from '../../../domain/result.ts';
import type { UpdateSource } from '../updates/update-port.ts';
import type { Link, LineFault } from './link.ts';

const ASK_MS = 30_000;

const noLine = ({
  detail,
}: Pick<LineFault, 'detail'>): ReturnType<typeof err<{ code: 'NO_LINE'; details: { reason: string } }>> =>
  err({ code: 'NO_LINE', details: { reason: detail } });

const bytesIn = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What the province keeps ready, piece by piece; a line that breaks goes on where it stopped. */
export function createUpdateSource({
  link,
  hasLine,
}: {
  readonly link: Link;
  readonly hasLine: () => boolean;
}): UpdateSource {
  const { signal } = new AbortController();
  return {
    offered: async (version, platform) => {
      if (!hasLine()) return noLine({ detail: 'NO_CONTACT' });
      const path = `/v1/updates/${platform}/${version}`;
      const answer = await link.call({
        method: 'GET',
        path,
        body: null,
        schema: offeredUpdateSchema,
        timeoutMs: ASK_MS,
        signal,
      });
      return answer.ok ? ok(answer.value.manifest) : noLine(answer.error);
    },
    fetch: async ({ version, platform, size }, into) => {
      if (bytesIn(into) > size) await rm(into);
      for (let from = bytesIn(into); from < size; from = bytesIn(into)) {
        if (!hasLine()) return noLine({ detail: 'NO_CONTACT' });
        const path = `/v1/updates/${platform}/${version}/bytes?from=${String(from)}`;
        const piece = await link.call({
          method: 'GET',
          path,
          body: null,
          schema: updatePieceSchema,
          timeoutMs: ASK_MS,
          signal,
        });
        if (!piece.ok) return noLine(piece.error);
        const bytes = Buffer.from(piece.value.bytes, 'base64');
        if (bytes.length === 0) return err({ code: 'UPDATE_REFUSED', details: { reason: 'SIZE' } });
        await appendFile(into, bytes, { mode: 0o600 });
      }
      return ok(undefined);
    },
  };
}
