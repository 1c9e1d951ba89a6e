import { type Insertable, type OperationNodeSource, sql } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import type { Database } from '../db/schema.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { ReadBody } from './typed-body.ts';

type Row<T extends keyof Database> = Insertable<Database[T]>;
type OfDevice = Pick<ChainFacts, 'deviceId' | 'outletId'>;
type Service = Omit<Row<'counter_service'>, 'device_id' | 'outlet_id'>;
type Wait = Omit<Row<'queue_wait'>, 'device_id' | 'outlet_id'>;

/** What entries say of services at a counter: begun, priced, sold, printed, taken back; and of the queue before it. */
export type ServiceWrites = { readonly services: Service[]; readonly waits: Wait[] };

/** An accepted entry; `on` answers the counter's day inside its bracket. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly on: () => LocalDate;
};

/** What one entry says of its service; the rest is as if nothing were known. */
function serviceOf({ envelope, hash, read }: Taken): Partial<Service> | undefined {
  const { officerId: by, wallMs: at } = envelope;
  if (read.type === 'personal-data.viewed') {
    return read.body.what === 'owner-name' ? { begun_at: at, looked_by: by, looked_hash: hash } : undefined;
  }
  if (read.type === 'price.quoted') return { quoted: true };
  if (read.type === 'arrival.recorded') return { arrived: true };
  if (read.type === 'transaction.paid') {
    const { transactionId: stream, payable: amount, figure, documents } = read.body;
    const missing = documents.filter(({ present }) => !present).length;
    const sold = { sold_at: at, sold_by: by, sale_hash: hash };
    return { stream, ...sold, amount, online: figure === 'penetapan', missing_papers: missing };
  }
  if (read.type === 'transaction.voided') {
    return { stream: read.body.transactionId, voided_at: at, voided_by: by, void_hash: hash };
  }
  if (read.type !== 'print.requested') return undefined;
  if (read.body.kind === 'receipt') return { printed_at: at };
  return read.body.kind === 'copy' ? { copies: 1 } : undefined;
}

function waitOf({ envelope, read }: Taken): Wait | undefined {
  if (read.type === 'queue.ticket-issued') {
    return { ticket_id: read.body.ticketId, issued_at: envelope.wallMs, served_at: null };
  }
  if (read.type !== 'queue.ticket-settled' || read.body.outcome !== 'served') return undefined;
  return { ticket_id: read.body.ticketId, issued_at: null, served_at: envelope.wallMs };
}

/** Collects what an accepted entry says of a service or a wait. */
export function addService({ services, waits }: ServiceWrites, taken: Taken): void {
  const service = serviceOf(taken);
  if (service !== undefined) {
    services.push({
      stream: taken.envelope.stream,
      business_on: taken.on(),
      begun_at: null,
      looked_by: null,
      looked_hash: null,
      quoted: false,
      arrived: false,
      sold_at: null,
      sold_by: null,
      sale_hash: null,
      amount: null,
      online: null,
      missing_papers: null,
      printed_at: null,
      copies: 0,
      voided_at: null,
      voided_by: null,
      void_hash: null,
      ...service,
    });
  }
  const wait = waitOf(taken);
  if (wait !== undefined) waits.push(wait);
}

/** The same row in whatever order and pieces its entries come: every column is the least, the sum, or what only one says. */
function serviceRows({ deviceId, outletId }: OfDevice, rows: readonly Service[]): OperationNodeSource {
  return sql`insert into counter_service as s
    select ${deviceId}::uuid, stream, ${outletId}, coalesce(min(business_on) filter (where sold_at is not null),
        min(business_on)), min(begun_at), (array_agg(looked_by order by begun_at, looked_hash))[1],
      (array_agg(looked_hash order by begun_at, looked_hash))[1], bool_or(quoted), bool_or(arrived), min(sold_at),
      min(sold_by), min(sale_hash), min(amount), bool_or(online), min(missing_papers), min(printed_at),
      sum(copies)::int, min(voided_at), min(voided_by), min(void_hash)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(stream uuid, business_on date, begun_at bigint,
      looked_by text, looked_hash text, quoted boolean, arrived boolean, sold_at bigint, sold_by text, sale_hash text,
      amount bigint, online boolean, missing_papers integer, printed_at bigint, copies integer, voided_at bigint,
      voided_by text, void_hash text)
    group by stream order by stream
    on conflict (device_id, stream) do update set
      business_on = case when excluded.sold_at is not null then excluded.business_on
        when s.sold_at is not null then s.business_on else least(s.business_on, excluded.business_on) end,
      looked_by = case when (excluded.begun_at, excluded.looked_hash) < (s.begun_at, s.looked_hash) or s.begun_at is null
        then excluded.looked_by else s.looked_by end,
      looked_hash = case when (excluded.begun_at, excluded.looked_hash) < (s.begun_at, s.looked_hash)
        or s.begun_at is null then excluded.looked_hash else s.looked_hash end,
      begun_at = least(s.begun_at, excluded.begun_at), quoted = s.quoted or excluded.quoted,
      arrived = s.arrived or excluded.arrived, sold_at = coalesce(s.sold_at, excluded.sold_at),
      sold_by = coalesce(s.sold_by, excluded.sold_by), sale_hash = coalesce(s.sale_hash, excluded.sale_hash),
      amount = coalesce(s.amount, excluded.amount), online = coalesce(s.online, excluded.online),
      missing_papers = coalesce(s.missing_papers, excluded.missing_papers),
      printed_at = least(s.printed_at, excluded.printed_at), copies = s.copies + excluded.copies,
      voided_at = least(s.voided_at, excluded.voided_at), voided_by = coalesce(s.voided_by, excluded.voided_by),
      void_hash = coalesce(s.void_hash, excluded.void_hash)`;
}

function waitRows({ deviceId, outletId }: OfDevice, rows: readonly Wait[]): OperationNodeSource {
  return sql`insert into queue_wait as w
    select ${deviceId}::uuid, ticket_id, ${outletId}, min(issued_at), min(served_at)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(ticket_id uuid, issued_at bigint, served_at bigint)
    group by ticket_id order by ticket_id
    on conflict (device_id, ticket_id) do update set issued_at = coalesce(w.issued_at, excluded.issued_at),
      served_at = coalesce(w.served_at, excluded.served_at)`;
}

/** What accepted entries say of services and waits, to be written. */
export function serviceFigures(device: OfDevice, { services, waits }: ServiceWrites): readonly OperationNodeSource[] {
  return [
    ...(services.length === 0 ? [] : [serviceRows(device, services)]),
    ...(waits.length === 0 ? [] : [waitRows(device, waits)]),
  ];
}
