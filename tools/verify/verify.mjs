// A second opinion on Loket OPOP, for an auditor who does not trust its makers: one file, Node 20 or later, nothing but
// Node's own modules, public keys only. It shares no line with the product; what it knows stands in docs/sync-protocol.md.
//   node tools/verify/verify.mjs journal FILE... --root=KEY [--custody FILE]... [--keys FILE]   (custody in the journals' order)
//   node tools/verify/verify.mjs receipts FILE... --root=KEY [--voids FILE] [--keys FILE] [--journal FILE [--custody FILE]]
// Prints NDJSON; exit 0 when everything holds, 2 when something does not, 1 when the question itself is wrong.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const USAGE = 'verify.mjs journal|receipts FILE... --root=KEY; the first lines of this file say the rest';
const [LONGEST_LINE, MOST_PROBLEMS, ROW] = [1 << 20, 1000, 38];

/** What foreign bytes give, or undefined where they do not allow it; every caller says what was unreadable. */
function attempt(compute) {
  try {
    return compute();
  } catch (_notReadable) {
    return undefined;
  }
}

/** The bytes of a base64url text of that length; undefined for anything else, a second spelling of the same bytes included. */
function bytesOf(text, length) {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined;
}

const sha256 = (data) => createHash('sha256').update(data).digest();
const keyIdOf = (raw) => sha256(bytesOf(raw, 32) ?? '').toString('base64url', 0, 9);
const keyOf = (raw) => attempt(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' }));
const parse = (text) => attempt(() => JSON.parse(text));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value) => Number.isSafeInteger(value) && value > 0;

/** RFC 8785: keys in the order of their UTF-16 units. Throws on what JSON cannot hold. */
function canonicalForm(value) {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a lone surrogate');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(',')}]`;
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${canonicalForm(name)}:${canonicalForm(value[name])}`).join(',')}}`;
}
const canonical = (value) => attempt(() => canonicalForm(value));
const isSigned = (key, bytes, sig) => Boolean(key && bytesOf(sig, 64)) && verify(null, bytes, key, bytesOf(sig, 64));
const isSignedText = (key, context, text, sig) => isSigned(key, Buffer.from(`opop/${context}/1\0${text}`), sig);

/** The lines of a file, one at a time; the last one has no `end` where the file was cut. */
async function* linesOf(file) {
  let rest = Buffer.alloc(0);
  for await (const chunk of file === undefined ? [] : createReadStream(file, { highWaterMark: LONGEST_LINE })) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      yield { bytes: bytes.subarray(start, end), end: true };
      start = end + 1;
    }
    // Of a line that never ends no more is kept than shows that it is too long.
    rest = bytes.subarray(start, start + LONGEST_LINE + 1);
  }
  if (rest.length > 0) yield { bytes: rest, end: false };
}
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const textOf = ({ bytes }) => (bytes.length > LONGEST_LINE ? undefined : attempt(() => utf8.decode(bytes)));

/** The object on a line, only where the line is the one spelling of it: then every byte of the file counts. */
function objectOn(line) {
  const text = line.end ? textOf(line) : undefined;
  const value = text === undefined ? undefined : parse(text);
  return isObject(value) && JSON.stringify(value) === text ? value : {};
}

/** Keys that the root vouches for, by id. A revoked key stays revoked, from the earliest instant that a statement names. */
async function readKeys(file, roots, problem) {
  const keys = new Map();
  for await (const line of linesOf(file)) {
    const { text, sig } = objectOn(line);
    const said = [...roots.values()].some((root) => isSignedText(root, 'key', text, sig)) ? parse(text) : undefined;
    if (!isObject(said) || canonical(said) !== text || keyIdOf(said.publicKey) !== said.keyId) {
      problem(null, 'KEY_STATEMENT_WRONG');
      continue;
    }
    const revokedAt = Math.min(keys.get(said.keyId)?.revokedAt ?? Infinity, said.revoked ? said.to : Infinity);
    keys.set(said.keyId, { isSigning: said.purpose === 'signing', key: keyOf(said.publicKey), revokedAt });
  }
  return keys;
}

/** Hash (32 bytes) and first time (6 bytes) of what is in custody, by position; a second hash there stands beside. */
const rowWith = (hash, rows) => rows.find((row) => row.subarray(0, 32).equals(hash));
const rowsOf = ({ rows, beside }, seq) =>
  [rows.subarray(seq * ROW, (seq + 1) * ROW), ...(beside.get(seq) ?? [])].filter((row) => row.some(Boolean));
function putCustody(table, seq, hash, at) {
  while (table.rows.length < (seq + 1) * ROW) table.rows = Buffer.concat([table.rows, Buffer.alloc(table.rows.length)]);
  const known = rowsOf(table, seq);
  const row = rowWith(hash, known) ?? (known.length > 0 ? Buffer.alloc(ROW) : table.rows.subarray(seq * ROW));
  if (known.length > 0 && !known.includes(row)) table.beside.set(seq, [...known.slice(1), row]);
  hash.copy(row);
  row.writeUIntBE(Math.min(at, row.readUIntBE(32, 6) || at), 32, 6);
  table.last = Math.max(table.last, seq);
}
const isVerdict = (one) => isCount(one?.seq) && one.seq < 1e8 && bytesOf(one.hash, 32) !== undefined;
// In the chain of the province: a fork stands beside it, and of bytes that nobody signed a carrier may claim place and hash.
const IN_CHAIN = /^(ACCEPTED|CONFLICT|UNKNOWN_TYPE|UNKNOWN_OFFICER|IMPOSSIBLE_AMOUNT)$/;
const isInChain = ({ verdict: said }) => IN_CHAIN.test(said?.reason ?? said?.original ?? said?.verdict);
async function readCustody(file, deviceId, keys, problem) {
  const table = { rows: Buffer.alloc(ROW * 1024), beside: new Map(), last: 0 };
  for await (const line of linesOf(file)) {
    const { text, keyId, sig } = objectOn(line);
    const said = parse(text);
    const [key, at] = [keys.get(keyId), said?.serverTime];
    const wrong = (code) => problem(isCount(said?.ackSeq) ? said.ackSeq : null, code);
    if (!isObject(said) || canonical(said) !== text) wrong('CUSTODY_UNREADABLE');
    else if (key?.isSigning !== true) wrong('CUSTODY_KEY_UNKNOWN');
    else if (!isSignedText(key.key, 'custody', text, sig)) wrong('CUSTODY_SIGNATURE_WRONG');
    else if (!isCount(at) || at >= Math.min(key.revokedAt, 2 ** 48)) wrong('CUSTODY_KEY_REVOKED');
    else if (said.deviceId !== deviceId) wrong('CUSTODY_OTHER_DEVICE');
    else if (!Array.isArray(said.verdicts) || !said.verdicts.every(isVerdict)) wrong('CUSTODY_UNREADABLE');
    else for (const { seq, hash } of said.verdicts.filter(isInChain)) putCustody(table, seq, bytesOf(hash, 32), at);
  }
  return table;
}

const isCertified = ({ certificate, rootKeyId, sig }, roots) =>
  isObject(certificate) && isSignedText(roots.get(rootKeyId), 'certificate', canonical(certificate), sig);

/** The device of an export, and the marks {seq, head} that it signed and kept outside its database. */
function readHeader(line, roots, problem) {
  const { format, certificate, marks } = objectOn(line);
  if (format !== 'opop-journal/1' || !isObject(certificate) || !isCertified(certificate, roots)) return undefined;
  const { deviceId, signingKey } = certificate.certificate;
  const key = keyOf(signingKey);
  const read = (mark) => (isSignedText(key, 'mark', mark?.text, mark?.sig) ? parse(mark.text) : undefined);
  const said = Array.isArray(marks) ? marks.map(read) : [];
  // Without a mark nobody can tell that the end was cut off.
  if (said.length === 0 || said.some((mark) => mark?.deviceId !== deviceId)) problem(0, 'MARK_WRONG');
  return { deviceId, key, keyId: keyIdOf(signingKey), marks: said.filter(isObject) };
}

/** The entry on one line where hash and signature hold; every problem of it is told at `seq`, its place in the file. */
function readEntry(line, device, seq, problem) {
  const { text, hash, sig } = objectOn(line);
  const wrong = (code) => void problem(seq, code);
  if (typeof text !== 'string') return wrong('LINE_UNREADABLE');
  const bytes = sha256(`opop/entry/1\0${text}`);
  if (bytes.toString('base64url') !== hash) return wrong('HASH_WRONG');
  if (!isSigned(device.key, bytes, sig)) return wrong('SIGNATURE_WRONG');
  const said = parse(text);
  const isEntry = isObject(said) && said.v === 1 && isCount(said.seq) && isObject(said.epoch) && isObject(said.body);
  if (!isEntry) return wrong('TEXT_UNREADABLE');
  if (canonical(said) !== text) wrong('TEXT_NOT_CANONICAL');
  if (sha256(canonical(said.body) ?? '').toString('base64url') !== said.bodyHash) wrong('BODY_HASH_WRONG');
  if (said.deviceId !== device.deviceId) wrong('OTHER_DEVICE');
  if (said.keyId !== device.keyId) wrong('OTHER_KEY');
  return { said, hash, bytes };
}

/** "Its first entry names the last entry it can prove": an epoch opens once, its number rises, it goes on as it began. */
function epochHolds({ type, epoch, body }, before) {
  if (!isCount(epoch.n) || bytesOf(epoch.nonce, 8) === undefined) return false;
  if (type !== 'epoch.opened') return epoch.n === before.epoch?.n && epoch.nonce === before.epoch.nonce;
  const { lastProven } = body;
  if (before.seq === 0 || !isObject(lastProven)) return before.seq === 0 && lastProven === null;
  const isNewest = lastProven.seq === before.seq && before.hash !== null;
  return epoch.n > (before.epoch?.n ?? 0) && (!isNewest || lastProven.head === before.hash);
}

/** Whether the ledger lines of an entry sum to zero; where each entry does, each cash session and the device do. */
function ledgerHolds({ body: { ledgerLines = [] } }) {
  const amounts = Array.isArray(ledgerLines) ? ledgerLines.map((line) => line?.amount) : [undefined];
  return amounts.every(Number.isSafeInteger) && amounts.reduce((sum, amount) => sum + amount, 0) === 0;
}

const isInGap = (gaps, nonce, seq) =>
  gaps.some((gap) => gap.epoch.nonce === nonce && gap.fromSeq <= seq && seq <= gap.toSeq);

/** Reads an export line by line; `seen` gets each entry that holds, with the time of its custody if there is one. */
async function walkJournal(file, roots, options, seen) {
  const [found, gaps] = [[], []];
  let before = { seq: 0, hash: null, epoch: undefined };
  let [device, custody, inCustody, nonce] = [undefined, undefined, 0, undefined];
  const problem = (seq, code) => found.push({ seq, problem: code, nonce });
  const keys = await readKeys(options.keys, roots, problem);
  for await (const line of linesOf(file)) {
    if (device === undefined) {
      device = readHeader(line, roots, problem);
      if (device === undefined) break;
      custody = await readCustody(options.custody, device.deviceId, keys, problem);
      continue;
    }
    const place = before.seq + 1;
    const entry = readEntry(line, device, place, problem);
    if (entry === undefined) before = { ...before, seq: place, hash: null };
    if (found.length > MOST_PROBLEMS) break;
    if (entry === undefined) continue;
    const { said, hash, bytes } = entry;
    if (said.seq !== place) problem(place, 'SEQ_GAP');
    nonce = said.epoch.nonce;
    // After a line that does not hold there is no hash to compare with.
    const prev = before.seq === 0 ? null : (before.hash ?? said.prev);
    if (said.prev !== prev) problem(said.seq, 'PREV_WRONG');
    if (!epochHolds(said, before)) problem(said.seq, 'EPOCH_WRONG');
    before = { seq: Math.max(said.seq, place - 1), hash, epoch: said.epoch };
    if (!ledgerHolds(said)) problem(said.seq, 'LEDGER_NOT_ZERO');
    if (said.type === 'epoch.opened' && isObject(said.body.declaredGap?.epoch)) gaps.push(said.body.declaredGap);
    device.marks = device.marks.filter((mark) => mark.seq !== said.seq || mark.head !== hash);
    const rows = rowsOf(custody, said.seq);
    const held = rowWith(bytes, rows);
    if (rows.some((row) => row !== held)) problem(said.seq, 'CUSTODY_DIFFERS');
    inCustody += held === undefined ? 0 : 1;
    seen(said, held?.readUIntBE(32, 6));
  }
  if (device === undefined && file !== undefined) problem(0, 'HEADER_WRONG');
  for (const mark of device?.marks ?? []) problem(Math.min(mark.seq, before.seq + 1), 'MARK_NOT_IN_JOURNAL');
  if (custody?.last > before.seq) problem(before.seq + 1, 'CUSTODY_NOT_IN_JOURNAL');
  // What an epoch declared as lost or rotten is listed, and no fault of the file.
  const problems = found.flatMap(({ nonce: of, ...one }) => (isInGap(gaps, of, one.seq) ? [] : [one]));
  return { problems, gaps, entries: before.seq, head: before.hash, deviceId: device?.deviceId, inCustody, keys };
}

const TRUST = { a: 'anchored', r: 'rtc', c: 'clamped', s: 'suspect' };
const RECEIPT =
  /^1\.([0-9a-f]{32})\.([1-9]\d{0,9})\.([\w-]{11})\.([1-9]\d{0,14})\.([0-9a-f]{32})\.([^\s.#Ø]{3,20})\.(\d{8}(?:\+\d{8}){0,9})\.(0|[1-9]\d{0,14})\.(\d{8})\.([arcs])\.([\w-]{86})\.(\d{4}-\d{3})\.([\w-]{43})\.([\w-]{43})\.(0|[1-9]\d{0,14})\+(0|[1-9]\d{0,8})\.([\w-]{12})([\w-]{86})$/;
const uuidOf = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const dateOf = (digits) => digits.replace(/^(....)(..)/, '$1-$2-');
const isDate = (date) => attempt(() => new Date(date).toISOString().startsWith(date)) === true;
const dayIn = (ms) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10); // Asia/Jakarta
const placeOf = ({ epoch, seq }) => `${epoch.n}/${epoch.nonce}/${seq}`;

/** Statement, signature and certificate in the text of a QR; undefined for a second spelling of a receipt too. */
function readReceipt(text) {
  const parts = RECEIPT.exec(text.trim().split('#').pop());
  if (parts === null) return /(?:^|#)LATIHAN[.]/.test(text.trim()) ? null : undefined; // null: the training mode
  const [device, n, nonce, seq, transaction, plate, periods, total, paidOn, trust, receiptSig] = parts.slice(1);
  const [outletId, signingKey, sealingKey, notAfter, policyVersion, rootKeyId, sig] = parts.slice(12);
  const deviceId = uuidOf(device);
  const place = { deviceId, epoch: { n: Number(n), nonce }, seq: Number(seq), transactionId: uuidOf(transaction) };
  const days = { periods: periods.split('+').map(dateOf), paidOn: dateOf(paidOn) };
  if (![...days.periods, days.paidOn].every(isDate)) return undefined;
  const nrkb = plate.replaceAll('_', ' ').replaceAll('~', 'Ø');
  const statement = { ...place, nrkb, ...days, total: Number(total), timeTrust: TRUST[trust] };
  const until = { notAfter: Number(notAfter), policyVersion: Number(policyVersion) };
  const certificate = { deviceId, outletId, signingKey, sealingKey, ...until };
  return { statement, receiptSig, signed: { certificate, rootKeyId, sig } };
}

/** Why a receipt is not to be believed, by itself and by the journal; undefined when nothing speaks against it. */
function faultOf({ statement, receiptSig, signed }, { roots, journal, sales }) {
  const { signingKey, notAfter } = signed.certificate;
  if (!roots.has(signed.rootKeyId)) return 'OTHER_ROOT';
  if (!isCertified(signed, roots)) return 'CERTIFICATE_FORGED';
  if (!isSignedText(keyOf(signingKey), 'receipt', canonical(statement), receiptSig)) return 'RECEIPT_FORGED';
  if (statement.paidOn > dayIn(notAfter)) return 'CERTIFICATE_ENDED';
  const { said, custodyAt } = sales.get(placeOf(statement)) ?? {};
  const { deviceId, timeTrust, body: { transactionId, total, paidOn, periods } = {} } = said ?? {};
  const told = { ...statement, deviceId, timeTrust, transactionId, total, paidOn, periods };
  const isInJournal = canonical(told) === canonical(statement);
  const isDeclared = isInGap(journal.gaps, statement.epoch.nonce, statement.seq);
  const isCovered = journal.deviceId === statement.deviceId && statement.seq <= journal.entries && !isDeclared;
  if (isCovered && !isInJournal) return 'NOT_IN_JOURNAL';
  // A signature carries no time: a thief of the key dates back as he likes. Custody before the revocation proves it.
  const { revokedAt = Infinity } = journal.keys.get(keyIdOf(signingKey)) ?? {};
  const isProven = revokedAt === Infinity || (isInJournal && custodyAt < revokedAt);
  return isProven ? undefined : 'KEY_REVOKED';
}

/** Receipts first, then the journal that may prove them: one place per receipt is kept. Answers lines, and whether all is well. */
async function verifyReceipts(file, roots, { voids, ...options }) {
  const [receipts, sales] = [[], new Map()];
  for await (const line of linesOf(file)) receipts.push(readReceipt(textOf(line) ?? ''));
  for (const receipt of receipts) if (receipt) sales.set(placeOf(receipt.statement), undefined);
  const keep = (said, custodyAt) => sales.has(placeOf(said)) && sales.set(placeOf(said), { said, custodyAt });
  const journal = await walkJournal(options.journal, roots, options, keep);
  const voided = new Set((voids ? JSON.parse(readFileSync(voids, 'utf8')) : []).map((one) => one.transactionId ?? one));
  const verdicts = receipts.map((receipt, index) => {
    const reason = receipt ? faultOf(receipt, { roots, journal, sales }) : receipt === null ? 'TRAINING' : 'NO_RECEIPT';
    if (reason !== undefined) return { line: index + 1, verdict: 'not-genuine', reason };
    const verdict = voided.has(receipt.statement.transactionId) ? 'genuine-but-voided' : 'genuine';
    return { line: index + 1, verdict, ...receipt.statement };
  });
  const ok = journal.problems.length === 0 && verdicts.every(({ verdict }) => verdict === 'genuine');
  return { ok, lines: [...journal.problems, ...verdicts] };
}

async function verifyJournal(file, roots, options) {
  const { problems, keys: _keys, ...report } = await walkJournal(file, roots, options, () => undefined);
  return { ok: problems.length === 0, lines: [...problems, { ok: problems.length === 0, ...report }] };
}

const [one, many] = [{ type: 'string' }, { type: 'string', multiple: true }];
const flags = { root: many, custody: many, keys: one, voids: one, journal: one };
const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
const work = positionals[0] === 'receipts' ? verifyReceipts : verifyJournal;
const roots = new Map((values.root ?? []).map((raw) => [keyIdOf(raw), keyOf(raw)]));
if (positionals.length < 2 || roots.size === 0 || [...roots.values()].includes(undefined)) throw new Error(USAGE);
for (const [index, file] of positionals.slice(1).entries()) {
  const { ok, lines } = await work(file, roots, { ...values, custody: values.custody?.[index] ?? values.custody?.[0] });
  for (const line of lines) process.stdout.write(`${JSON.stringify({ file, ...line })}\n`);
  if (!ok) process.exitCode = 2;
}
