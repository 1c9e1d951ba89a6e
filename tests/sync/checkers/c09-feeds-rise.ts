import { createHash } from 'node:crypto';
import { type Checker, text } from './final-state.ts';

const sha256 = (value: string): string => createHash('sha256').update(value).digest('base64url');

type Row = Readonly<Record<string, unknown>>;
const feedOf = (row: Row): string => `${text(row, 'feed')} ${text(row, 'scope')}`;

/** C9: "feeds only rise, and are equal on both sides". */
export const feedsRise: Checker = async ({ counters, province, truth }) => {
  const problems = truth.seen.filter((one) => one.check === 'C9').map((one) => one.problem);
  const hashes = new Set<string>();
  const heads = new Map<string, { readonly version: number; readonly hash: string }>();
  for (const row of await province('select feed, scope, to_version, hash, text from feed_page')) {
    const [feed, version, hash] = [feedOf(row), Number(row['to_version']), text(row, 'hash')];
    if (sha256(text(row, 'text')) !== hash) problems.push(`province: a hash of ${feed} is not its own`);
    hashes.add(hash);
    if (version > (heads.get(feed)?.version ?? 0)) heads.set(feed, { version, hash });
  }
  const [meta] = await province("select value from meta where key = 'incarnation'");
  const incarnation = meta === undefined ? '' : text(meta, 'value');
  for (const { index, rows } of counters) {
    for (const row of rows('SELECT feed, scope, version, page_hash FROM feed_cursor')) {
      const [head, version] = [heads.get(feedOf(row)), Number(row['version'])];
      const place = `counter ${String(index)} ${text(row, 'feed')}`;
      if (version !== head?.version)
        problems.push(`${place}: version ${String(version)} here, ${String(head?.version)} there`);
      else if (head.hash !== text(row, 'page_hash')) problems.push(`${place}: another page than there`);
    }
    for (const row of rows('SELECT feed, scope, to_version, incarnation, hash, text FROM feed_page')) {
      const place = `counter ${String(index)} ${text(row, 'feed')} ${String(row['to_version'])}`;
      if (sha256(text(row, 'text')) !== text(row, 'hash')) problems.push(`${place}: the hash is not its own`);
      // A page of an earlier incarnation may have been lost with the province's disk; the counter keeps it.
      const mayBeLost = truth.rollback.to > 0 && text(row, 'incarnation') !== incarnation;
      if (!hashes.has(text(row, 'hash')) && !mayBeLost) problems.push(`${place}: not a page of the province`);
    }
  }
  return problems;
};
