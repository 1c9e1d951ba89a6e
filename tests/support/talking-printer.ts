import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** How a receipt printer is, as its own answers say it. */
export type PrinterMood = 'well' | 'paper-out' | 'cover-open' | 'jammed' | 'offline' | 'off';

const WELL = 0x12;
/** Answers to `DLE EOT 1`, `2` and `4`, and to `GS r 1`. */
const ANSWERS: Readonly<Record<Exclude<PrinterMood, 'off'>, Readonly<Record<1 | 2 | 4 | 'inTurn', number | null>>>> = {
  well: { 1: WELL, 2: WELL, 4: WELL, inTurn: 0 },
  'paper-out': { 1: WELL | 0x08, 2: WELL | 0x20, 4: WELL | 0x60, inTurn: null },
  'cover-open': { 1: WELL | 0x08, 2: WELL | 0x04, 4: WELL, inTurn: null },
  jammed: { 1: WELL | 0x08, 2: WELL | 0x40, 4: WELL, inTurn: null },
  offline: { 1: WELL | 0x08, 2: WELL, 4: WELL, inTurn: null },
};

/** A receipt printer that answers: what it was sent, and the mood that it is in. */
export type TalkingPrinter = {
  /** Takes bytes as they come and answers what is to be said. */
  readonly hear: (bytes: Uint8Array) => Uint8Array;
  readonly be: (mood: PrinterMood) => void;
  /** The mood that it falls into as soon as bytes of a paper have come. */
  readonly fallInto: (mood: PrinterMood) => void;
  /** Bytes of papers, without questions. */
  readonly paper: () => Buffer;
  readonly questions: () => number;
};

/** `knows`: both questions, only the one that is answered at once, or none. */
export function talkingPrinter(knows: 'both' | 'at-once' | 'none' = 'both'): TalkingPrinter {
  const held: { mood: PrinterMood; next: PrinterMood | undefined; questions: number } = {
    mood: 'well',
    next: undefined,
    questions: 0,
  };
  const papers: number[] = [];
  const waiting: number[] = [];

  const answerTo = (question: 1 | 2 | 4 | 'inTurn'): readonly number[] => {
    held.questions += 1;
    if (held.mood === 'off' || knows === 'none' || (knows === 'at-once' && question === 'inTurn')) return [];
    const answer = ANSWERS[held.mood][question];
    return answer === null ? [] : [answer];
  };
  /** The next question or byte of a paper; undefined when more must come first. */
  const step = (): readonly number[] | undefined => {
    const [first, second, third] = waiting;
    if (first === undefined) return undefined;
    const mayAsk = first === 0x10 || first === 0x1d;
    if (mayAsk && (second === undefined || (third === undefined && (second === 0x04 || second === 0x72)))) {
      return undefined;
    }
    if (first === 0x10 && second === 0x04 && (third === 1 || third === 2 || third === 4)) {
      waiting.splice(0, 3);
      return answerTo(third);
    }
    if (first === 0x1d && second === 0x72 && third === 1) {
      waiting.splice(0, 3);
      return answerTo('inTurn');
    }
    papers.push(first);
    waiting.shift();
    if (held.next !== undefined) held.mood = held.next;
    return [];
  };

  return {
    hear: (bytes) => {
      waiting.push(...bytes);
      const said: number[] = [];
      for (let answer = step(); answer !== undefined; answer = step()) said.push(...answer);
      return Uint8Array.from(said);
    },
    be: (mood) => {
      held.mood = mood;
      held.next = undefined;
    },
    fallInto: (mood) => {
      held.next = mood;
    },
    paper: () => Buffer.from(papers),
    questions: () => held.questions,
  };
}

/** Puts a printer behind a real device of this machine, a pseudo-terminal; answers its path. Needs `script` of util-linux. */
export async function printerDevice(printer: TalkingPrinter): Promise<string> {
  const child = spawn('script', ['-qefc', 'stty raw -echo; tty; exec sleep 600', '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  // Raw and silent before its name is told; whatever else is said first is no name.
  const path = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('/dev/pts/')) resolve(line.trim());
    });
  });
  // Bytes that are still on their way when the test is over and the device gone.
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdout.removeAllListeners('data');
  child.stdout.on('data', (bytes: Buffer) => child.stdin.write(printer.hear(bytes)));
  child.stdout.resume();
  return path;
}
