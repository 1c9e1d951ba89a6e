import { createHash } from 'node:crypto';
import { type Checker, text } from './final-state.ts';

const sha256 = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** C9: "feeds only rise, and are equal on both sides". */
export const feedsRise: Checker = async ({ counters, province, truth }) => {
  const problems = truth.seen.filter((one) => one.check === 'C9').map((one) => one.problem);
  const there = new Map<string, string>();
  const heads = new Map<string, number>();
  for (const row of await province('select feed, scope, to_version, hash, text from feed_page')) {
    const [feed, version] = [`${text(row, 'feed')} ${text(row, 'scope')}`, Number(row['to_version'])];
    if (sha256(text(row, 'text')) !== text(row, 'hash'))
      problems.push(`province: the hash of ${feed} ${String(version)} is not its own`);
    there.set(`${feed} ${String(version)}`, text(row, 'hash'));
    heads.set(feed, Math.max(heads.get(feed) ?? 0, version));
  }
  for (const { index, rows } of counters) {
    for (const row of rows('SELECT feed, scope, version, page_hash FROM feed_cursor')) {
      const [feed, version] = [`${text(row, 'feed')} ${text(row, 'scope')}`, Number(row['version'])];
      const place = `counter ${String(index)} ${text(row, 'feed')}`;
      if (version !== heads.get(feed))
        problems.push(`${place}: version ${String(version)} here, ${String(heads.get(feed))} there`);
      else if (there.get(`${feed} ${String(version)}`) !== text(row, 'page_hash'))
        problems.push(`${place}: another page than there`);
    }
    for (const row of rows('SELECT feed, scope, to_version, hash, text FROM feed_page')) {
      const name = `${text(row, 'feed')} ${text(row, 'scope')} ${String(row['to_version'])}`;
      const given = there.get(name);
      if (sha256(text(row, 'text')) !== text(row, 'hash'))
        problems.push(`counter ${String(index)}: the hash of ${name} is not its own`);
      else if (given !== text(row, 'hash'))
        problems.push(`counter ${String(index)}: ${name} is not the province's page`);
    }
  }
  return problems;
};
