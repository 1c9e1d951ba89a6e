import {
  dateWords,
  type PaperWords,
  rupiahWords,
  type StateAnswer,
  stateQuestion,
  stateWords,
  trustWords,
  wordsOf,
} from './receipt-words.ts';
import type { ReceiptText } from './receipt-text.ts';
import { type FactRow, hasState, slipRows, slipStateWords, slipWordsOf } from './slip-words.ts';
import { verifyReceiptText } from './verify-receipt.ts';
import { type SlipVerdict, verifySlipText } from './verify-slip.ts';

type PageFacts = {
  readonly rootKeys: readonly string[];
  readonly revokedKeys: readonly string[];
  readonly stateUrl: string;
  readonly slipUrl: string;
  readonly outlets: Readonly<Record<string, string>>;
};
type Detector = { detect: (source: ImageBitmapSource) => Promise<readonly { readonly rawValue: string }[]> };

const STATE_TIMEOUT_MS = 6000;
const SCAN_EVERY_MS = 200;
/** The page as it came, before anything was shown on it: what a phone keeps. */
const pristine = `<!doctype html>\n${document.documentElement.outerHTML}`;

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const facts = JSON.parse(byId('facts').textContent) as PageFacts; // written by the province into this very file

function row([name, value, isLarge]: FactRow): HTMLElement {
  const line = document.createElement('div');
  const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = name;
  detail.textContent = value;
  if (isLarge) detail.className = 'large';
  line.append(term, detail);
  return line;
}

function outletName(outletId: string): string {
  const outlet = facts.outlets[outletId];
  return outlet === undefined ? outletId : `${outlet} (${outletId})`;
}

function receiptRows({ statement, certificate }: ReceiptText): readonly FactRow[] {
  return [
    ['Nomor Polisi (NRKB)', statement.nrkb, true],
    ['Jumlah', rupiahWords(statement.total), true],
    ['Masa pajak (jatuh tempo)', statement.periods.map(dateWords).join(', '), false],
    ['Tanggal bayar', `${dateWords(statement.paidOn)} (${trustWords(statement.timeTrust)})`, false],
    ['Gerai', outletName(certificate.outletId), false],
    ['Nomor urut di gerai', String(statement.seq), false],
  ];
}

/** `rows` are null for what is not genuine: nothing of it is shown as if it were. */
function show(words: PaperWords, rows: readonly FactRow[] | null, state: string): void {
  const result = byId('result');
  result.hidden = false;
  result.dataset['tone'] = words.tone;
  byId('mark').textContent = words.mark;
  byId('headline').textContent = words.headline;
  byId('meaning').textContent = words.meaning;
  byId('details').hidden = rows === null;
  byId('receipt').replaceChildren(...(rows ?? []).map(row));
  byId('state').textContent = state;
  byId('again').hidden = false;
}

async function askState<T>(url: string): Promise<T | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(STATE_TIMEOUT_MS), credentials: 'omit' });
    const answer: unknown = await response.json();
    return response.ok ? (answer as T) : null; // only compared with known words, shown as text
  } catch (_noLine) {
    return null; // said on the page: "tanpa koneksi"
  }
}

const ASKING = 'Menanyakan keadaan di Bapenda …';

/** Shows the verdict at once, and what the province says when it answers. */
async function checkReceipt(text: string): Promise<void> {
  const verdict = verifyReceiptText(text, facts.rootKeys, Date.now(), facts.revokedKeys);
  if (verdict.verdict !== 'genuine') return show(wordsOf(verdict, null), null, '');
  const rows = receiptRows(verdict.receipt);
  show(wordsOf(verdict, null), rows, ASKING);
  const answer = await askState<StateAnswer>(`${facts.stateUrl}/${stateQuestion(verdict.receipt.statement)}`);
  show(wordsOf(verdict, answer), rows, stateWords(answer));
}

/** The same for a slip. */
async function checkSlip(verdict: Exclude<SlipVerdict, { verdict: 'no-slip' }>): Promise<void> {
  const words = slipWordsOf(verdict);
  if (verdict.verdict === 'forged') return show(words, null, '');
  const { kind, subjectId } = verdict.slip.statement;
  const rows = slipRows(verdict.slip, outletName(verdict.slip.certificate.outletId));
  if (!hasState(kind)) return show(words, rows, slipStateWords(kind, null));
  show(words, rows, ASKING);
  const answer = await askState<{ readonly state: string }>(`${facts.slipUrl}/${subjectId}/state`);
  show(words, rows, slipStateWords(kind, answer?.state ?? null));
}

async function check(text: string): Promise<void> {
  const slip = verifySlipText(text, facts.rootKeys, Date.now(), facts.revokedKeys);
  const checked = slip.verdict === 'no-slip' ? checkReceipt(text) : checkSlip(slip);
  byId('result').scrollIntoView({ block: 'start' });
  await checked;
}

function detector(): Detector | null {
  const host = globalThis as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }; // not in every browser, so not in the compiler's library
  const made = host.BarcodeDetector;
  return made === undefined ? null : new made({ formats: ['qr_code'] });
}

function say(text: string): void {
  byId('notice').textContent = text;
}

async function checkPhoto(file: File, reader: Detector): Promise<void> {
  try {
    const [found] = await reader.detect(await createImageBitmap(file));
    if (found === undefined) say('Tidak ada QR yang terbaca di foto itu. Foto lebih dekat dan rata, lalu coba lagi.');
    else await check(found.rawValue);
  } catch (_noPicture) {
    say('Berkas itu bukan gambar yang dapat dibaca.');
  }
}

async function scan(reader: Detector): Promise<void> {
  const video = byId('video') as HTMLVideoElement; // page.html has it so
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (_refused) {
    say('Kamera tidak dapat dibuka. Pakai foto QR, atau tempel teksnya.');
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  for (let found = ''; found === ''; await new Promise((done) => setTimeout(done, SCAN_EVERY_MS))) {
    found = (await reader.detect(video))[0]?.rawValue ?? '';
    if (found !== '') void check(found);
  }
  for (const track of stream.getTracks()) track.stop();
  video.hidden = true;
}

function offerReading(): void {
  const reader = detector();
  const canFilm = reader !== null && globalThis.isSecureContext && 'mediaDevices' in navigator;
  byId('camera').hidden = !canFilm;
  byId('photo-label').hidden = reader === null;
  if (reader === null) {
    say(
      'Peramban ini tidak dapat membaca QR sendiri. Arahkan kamera bawaan HP ke QR dan buka tautannya, atau tempel teksnya di sini.',
    );
    return;
  }
  byId('camera').addEventListener('click', () => void scan(reader));
  byId('photo').addEventListener('change', (event) => {
    const [file] = (event.currentTarget as HTMLInputElement).files ?? []; // the listener is on this input
    if (file !== undefined) void checkPhoto(file, reader);
  });
}

function savePage(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([pristine], { type: 'text/html' }));
  link.download = 'periksa-tanda-terima-samsat-opop.html';
  link.click();
  URL.revokeObjectURL(link.href);
}

function start(): void {
  const text = byId('text') as HTMLTextAreaElement; // page.html has it so
  byId('check').addEventListener('click', () => void check(text.value));
  byId('save').addEventListener('click', savePage);
  byId('again').addEventListener('click', () => {
    history.replaceState(null, '', location.pathname);
    location.reload();
  });
  offerReading();
  const checkAddress = (): void => {
    if (location.hash.length > 1) void check(location.hash);
  };
  globalThis.addEventListener('hashchange', checkAddress);
  checkAddress();
}

start();
