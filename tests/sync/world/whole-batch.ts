import { z } from 'zod';
import type { LineAnswer, LinePort } from '../../../src/main/core/ports.ts';
import type { SimProvince } from './sim-province.ts';

type Request = Parameters<LinePort['exchange']>[0];

const placeSchema = z.object({
  // Bytes that changed on their way may name what is no device: PostgreSQL is not asked for that.
  deviceId: z.uuid(),
  epoch: z.object({ n: z.int(), nonce: z.string() }),
  seq: z.int(),
});
const pushSchema = z.object({
  entries: z.array(z.union([z.object({ text: z.string() }), z.object({ lean: z.string() })])),
});

type Place = z.infer<typeof placeSchema>;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_bent) {
    return undefined; // bytes that changed on their way tell no place
  }
}

/** The places of a push's entries, as its own bytes name them; those that cannot be read are left out. */
function placesOf(request: Request): readonly Place[] {
  const push = pushSchema.safeParse(json(typeof request.body === 'string' ? request.body : ''));
  if (!push.success) return [];
  return push.data.entries.flatMap((entry) => {
    const place = placeSchema.safeParse(json('text' in entry ? entry.text : entry.lean));
    return place.success ? [place.data] : [];
  });
}

const COUNT_PLACES = `
  with asked as (select * from jsonb_to_recordset($1::jsonb) as a (device_id uuid, epoch_n int, epoch_nonce text, seq bigint))
  select count(*)::int as count from asked a where
    exists (select 1 from entry e where e.device_id = a.device_id and e.epoch_n = a.epoch_n
      and e.epoch_nonce = a.epoch_nonce and e.seq = a.seq)
    or exists (select 1 from suspended_entry s where s.device_id = a.device_id and s.epoch_n = a.epoch_n
      and s.epoch_nonce = a.epoch_nonce and s.seq = a.seq)`;

async function known(province: SimProvince, places: readonly Place[]): Promise<number> {
  const asked = places.map(({ deviceId, epoch, seq }) => ({
    device_id: deviceId,
    epoch_n: epoch.n,
    epoch_nonce: epoch.nonce,
    seq,
  }));
  const [row] = await province.query(COUNT_PLACES, [JSON.stringify(asked)]);
  return Number(row?.['count']);
}

/** C6, looked at around one push: of the entries that the province had not, it then has all or none. */
export async function probeWholeBatch(
  province: SimProvince,
  request: Request,
  carry: () => Promise<LineAnswer>,
  onBroken: (problem: string) => void,
): Promise<LineAnswer> {
  const places = placesOf(request);
  const before = await known(province, places);
  const answer = await carry();
  const after = await known(province, places);
  if (after !== before && after !== places.length) {
    onBroken(`a push of ${String(places.length)}: ${String(before)} known before it, ${String(after)} after it`);
  }
  return answer;
}
