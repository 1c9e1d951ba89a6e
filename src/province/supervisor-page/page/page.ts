import type { PairedCounter } from '../../../contract/feeds-approvals.ts';
import { isRequestAlive } from '../../../domain/approval.ts';
import { type ApprovalRequest, inGroups, parseApprovalRequest } from '../../../domain/approval-request.ts';
import { readBase32 } from '../../../domain/base32-check.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { actionWords, ageWords } from './action-words.ts';
import { byId, factRows, field, showOnly } from './page-parts.ts';
import { sendUnsent, signIn } from './province-line.ts';
import { createVault, isGoodPin, type OpenVault } from './vault.ts';
import { webCodeFor, webDeviceTag } from './web-code.ts';

const PLACE = 'opop-kode';
const LENGTH = 28;
/** Without use for this long the page locks itself. */
const IDLE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 5000;
const RETRY_EVERY_MS = 60_000;

type Seen = { readonly request: ApprovalRequest & { readonly characters: string }; readonly counter: PairedCounter };

const vault = createVault({
  get: () => localStorage.getItem(PLACE),
  set: (text) => localStorage.setItem(PLACE, text),
  remove: () => localStorage.removeItem(PLACE),
});
/** What is open now; nothing of it survives the lock. */
const session: { opened: OpenVault | null; seen: Seen | null; usedAt: number } = {
  opened: null,
  seen: null,
  usedAt: 0,
};

const say = (text: string): void => {
  byId('notice').textContent = text;
};

const SIGN_IN_WORDS: Readonly<Record<string, string>> = {
  NO_LINE: 'Tidak ada koneksi ke Bapenda. Masuk pertama kali memerlukan koneksi.',
  CODE_UNKNOWN: 'Kode masuk itu tidak dikenal. Periksa setiap kelompok.',
  CODE_USED: 'Kode masuk itu sudah dipakai. Mintalah kode baru.',
  CODE_EXPIRED: 'Kode masuk itu sudah lewat 24 jam. Mintalah kode baru.',
  TOO_MANY_REQUESTS: 'Terlalu sering dicoba. Tunggu satu menit.',
};

function lock(notice = ''): void {
  session.opened = null;
  forgetRequest();
  for (const id of ['code', 'new-pin', 'new-pin-again', 'pin']) field(id).value = '';
  byId('who').textContent = 'Samsat OPOP, Bapenda Jawa Timur';
  byId('unsent').textContent = '';
  showOnly(vault.exists() ? 'locked' : 'sign-in');
  say(notice);
}

function forgetRequest(): void {
  session.seen = null;
  field('request').value = '';
  byId('digits').textContent = '';
  byId('facts').replaceChildren();
  byId('seen').hidden = true;
  byId('answer').hidden = true;
  byId('hint').textContent = 'Ketik yang dibacakan petugas; huruf besar atau kecil sama saja. Tidak perlu internet.';
}

async function showOpen(opened: OpenVault): Promise<void> {
  const { name, counters, unsent } = await opened.read();
  session.opened = opened;
  session.usedAt = Date.now();
  byId('who').textContent = `${name}, ${String(counters.length)} loket`;
  forgetRequest();
  showUnsent(unsent.length);
  showOnly('open');
  say('');
  field('request').focus();
  await send();
}

function showUnsent(count: number): void {
  byId('unsent').textContent =
    count === 0 ? '' : `${String(count)} persetujuan belum terkirim ke Bapenda; dikirim saat ada koneksi.`;
}

/** Sends what waits. A page that the province ended loses its keys. */
async function send(): Promise<void> {
  const { opened } = session;
  if (opened === null) return;
  const content = await opened.read();
  if (content.unsent.length === 0) return;
  const { sent, isRevoked } = await sendUnsent(content);
  if (isRevoked) {
    vault.wipe();
    lock('Bapenda sudah mencabut halaman ini. Isinya dihapus.');
    return;
  }
  // Locked, or wiped in another window, while the line was asked: the same word again changes nothing.
  if (session.opened !== opened || !vault.exists()) return;
  const left = await opened.change((now) => ({
    ...now,
    unsent: now.unsent.filter(({ request }) => !sent.includes(request)),
  }));
  showUnsent(left.unsent.length);
}

async function firstSignIn(): Promise<void> {
  const [code, pin, again] = [field('code').value, field('new-pin').value, field('new-pin-again').value];
  if (!isGoodPin(pin)) return say('PIN paling sedikit 8 angka, dan bukan satu angka yang sama terus.');
  if (pin !== again) return say('Kedua PIN tidak sama.');
  say('Menghubungi Bapenda …');
  const content = await signIn(code);
  if (!content.ok) return say(SIGN_IN_WORDS[content.error] ?? `Bapenda menolak: ${content.error}.`);
  await showOpen(await vault.make(pin, content.value));
}

async function unlock(): Promise<void> {
  const opened = await vault.open(field('pin').value);
  field('pin').value = '';
  if (opened.ok) return showOpen(opened.value);
  if (opened.error.code === 'WRONG_PIN') return say(`PIN salah. Sisa ${String(opened.error.triesLeft)} kali.`);
  lock('Lima kali salah: isi halaman ini dihapus. Mintalah kode masuk baru kepada Bapenda.');
}

/** What the typed characters ask, and of whom; or what is wrong with them, in words. */
async function read(characters: string, opened: OpenVault): Promise<Result<Seen, string>> {
  if (characters.length < LENGTH) return err(`Kurang ${String(LENGTH - characters.length)} huruf atau angka.`);
  const request = parseApprovalRequest(characters, Date.now());
  if (!request.ok) {
    return err(
      request.error === 'WRONG_CHECK_CHARACTERS'
        ? 'Ada kelompok yang salah. Bacakan kembali setiap kelompok kepada petugas.'
        : 'Ini bukan permintaan dari loket.',
    );
  }
  const { counters } = await opened.read();
  const tags = await Promise.all(counters.map(({ counterId }) => webDeviceTag(counterId)));
  const [counter, other] = counters.filter((_one, place) => tags[place] === request.value.deviceTag);
  if (counter === undefined || other !== undefined) return err('Loket itu tidak ada di daftar Anda.');
  return ok({ request: request.value, counter });
}

function showSeen(seen: Seen): void {
  const { action, amount, askedAt } = seen.request;
  const { outletName, outletId, deviceNo } = seen.counter;
  const isAlive = isRequestAlive(localDateAt(askedAt), localDateAt(Date.now()));
  byId('facts').replaceChildren(
    ...factRows([
      ['Tindakan', actionWords(action, amount)],
      ['Gerai', outletName],
      ['Loket', `${outletId}-${String(deviceNo).padStart(2, '0')}`],
      ['Diminta', ageWords(Math.max(0, Math.floor((Date.now() - askedAt) / 60_000)))],
    ]),
  );
  byId('advice').textContent = isAlive
    ? 'Tanyakan nomor polisi dan alasannya lewat telepon. Setujui hanya bila tindakan dan jumlahnya sama.'
    : 'Hari permintaan ini sudah lewat: loket tidak menerima jawabannya lagi. Minta petugas membuat yang baru.';
  byId('approve').hidden = !isAlive;
  byId('seen').hidden = false;
  session.seen = isAlive ? seen : null;
}

async function typed(): Promise<void> {
  const { opened } = session;
  const characters = readBase32(field('request').value).replaceAll('-', '').slice(0, LENGTH);
  field('request').value = inGroups(characters);
  session.seen = null;
  byId('seen').hidden = true;
  byId('answer').hidden = true;
  if (opened === null) return;
  const seen = await read(characters, opened);
  // Something else was typed meanwhile, or the page was locked.
  if (session.opened !== opened || field('request').value !== inGroups(characters)) return;
  byId('hint').textContent = seen.ok ? '' : seen.error;
  if (seen.ok) showSeen(seen.value);
}

/** The digits are shown when his word is kept: what he approved is never forgotten. */
async function approve(): Promise<void> {
  const { opened, seen } = session;
  if (opened === null || seen === null) return;
  session.seen = null;
  const { characters: request, action, amount } = seen.request;
  const { counterId, key, outletName } = seen.counter;
  const { unsent } = await opened.change((content) => ({
    ...content,
    unsent: [...content.unsent.filter((one) => one.request !== request), { counterId, request }],
  }));
  const code = await webCodeFor(key, counterId, request);
  if (session.opened !== opened) return;
  byId('digits').textContent = `${code.slice(0, 4)} ${code.slice(4)}`;
  byId('approved').textContent = `${actionWords(action, amount)} · ${outletName}`;
  byId('seen').hidden = true;
  byId('answer').hidden = false;
  showUnsent(unsent.length);
  await send();
}

/** Runs one step; what nobody expected is said, not lost. */
function run(step: () => Promise<void>): void {
  step().catch((error: unknown) => say(`Halaman ini gagal: ${error instanceof Error ? error.message : String(error)}`));
}

function onSubmit(id: string, step: () => Promise<void>): void {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    run(step);
  });
}

function lockWhenIdle(): void {
  if (session.opened !== null && Date.now() - session.usedAt >= IDLE_MS)
    lock('Terkunci sesudah 5 menit tidak dipakai.');
}

function start(): void {
  // A plain HTTP address has no cryptography.
  if (!isSecureContext) return say('Buka halaman ini lewat alamat https.');
  onSubmit('sign-in', firstSignIn);
  onSubmit('locked', unlock);
  onSubmit('open', approve);
  field('request').addEventListener('input', () => run(typed));
  byId('next').addEventListener('click', () => {
    forgetRequest();
    field('request').focus();
  });
  byId('lock').addEventListener('click', () => lock());
  for (const use of ['pointerdown', 'keydown'] as const) {
    // After a long sleep of the telephone the first touch finds the page locked.
    addEventListener(use, () => {
      lockWhenIdle();
      session.usedAt = Date.now();
    });
  }
  document.addEventListener('visibilitychange', lockWhenIdle);
  setInterval(lockWhenIdle, LOOK_EVERY_MS);
  setInterval(() => run(send), RETRY_EVERY_MS);
  addEventListener('online', () => run(send));
  run(async () => {
    await navigator.serviceWorker.register('/kode/worker.js', { scope: '/kode' });
  });
  lock();
}

start();
