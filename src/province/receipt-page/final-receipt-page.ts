import { formatLocalDate, type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { formatRupiah, rupiah } from '../../domain/rupiah.ts';
import type { Db } from '../db/open.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function dateWords(text: string): string {
  const parsed = parseLocalDate(text);
  return parsed.ok ? formatLocalDate(parsed.value satisfies LocalDate) : text;
}

const STYLE = `:root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;margin:.5rem 0}dt{opacity:.75;font-size:.95rem;margin-top:.8rem}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
dd.large{font-size:1.7rem;line-height:1.2}`;

/** The page behind the link that the payer got: number, plate, periods, amount; no name. Undefined for an unknown token. */
export async function findFinalReceiptPage(db: Db, token: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('receipt_link as link')
    .innerJoin('final_receipt as receipt', (join) =>
      join
        .onRef('receipt.device_id', '=', 'link.device_id')
        .onRef('receipt.transaction_id', '=', 'link.transaction_id'),
    )
    .selectAll('receipt')
    .where('link.token', '=', token)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const facts: readonly (readonly [string, string, boolean])[] = [
    ['Nomor TBPKP', row.number, true],
    ['Nomor Polisi (NRKB)', row.nrkb, true],
    ['Jumlah', formatRupiah(rupiah(row.total)), true],
    ['Masa pajak', row.periods.map(dateWords).join(', '), false],
    ['Dibukukan', dateWords(row.issued_on), false],
  ];
  const list = facts
    .map(([name, value, large]) => `<dt>${name}</dt><dd${large ? ' class="large"' : ''}>${escapeHtml(value)}</dd>`)
    .join('');
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>TBPKP ${escapeHtml(row.number)}</title><style>${STYLE}</style></head>
<body><h1>Bukti pelunasan pajak kendaraan</h1><p>Bapenda Jawa Timur sudah membukukan pembayaran ini.</p><dl>${list}</dl></body></html>`;
}
