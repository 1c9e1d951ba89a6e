import type { Wait } from './printer-port.ts';

/** A road to a device that may answer. */
export type Conversation = {
  /** Rejects with the fault of the device. */
  readonly send: (bytes: Uint8Array) => Promise<unknown>;
  /** The next byte that the device has said; undefined when there is none yet, or it cannot be heard. */
  readonly receive: () => Promise<number | undefined>;
};

/** Asks one printer how it is. Every answer is a word that the screens know, or null: it can print, or does not tell. */
export type PrinterStatus = {
  /** Before the first byte of a paper. */
  readonly before: (talk: Conversation, signal: AbortSignal) => Promise<string | null>;
  /** After its last byte: waits until the printer has worked it off, as far as it tells. */
  readonly after: (talk: Conversation, signal: AbortSignal) => Promise<string | null>;
};

/** `DLE EOT n`: answered at once, also by a printer that stands still. */
const askNow = (n: 1 | 2 | 4): Uint8Array => Uint8Array.of(0x10, 0x04, n);
/** `GS r 1`: stands in the buffer behind the paper and is answered when its turn comes. */
const ASK_IN_TURN = Uint8Array.of(0x1d, 0x72, 1);
const LISTEN_EVERY_MS = 10;

/** Bits that are the same in every answer to `DLE EOT`. */
const isAnswerNow = (byte: number): boolean => (byte & 0x93) === 0x12;
const isAnswerInTurn = (byte: number): boolean => (byte & 0x90) === 0;

const OFFLINE = 0x08;
const COVER_OPEN = 0x04;
const STOPPED_FOR_PAPER = 0x20;
const FAULT = 0x40;
const PAPER_END = 0x60;
const PAPER_END_IN_TURN = 0x0c;

type Answers = { readonly offline: number; readonly cause: number; readonly paper: number };

function wordFor({ offline, cause, paper }: Answers): string | null {
  if ((cause & COVER_OPEN) !== 0) return 'COVER_OPEN';
  if ((cause & STOPPED_FOR_PAPER) !== 0 || (paper & PAPER_END) !== 0) return 'PAPER_OUT';
  if ((cause & FAULT) !== 0) return 'PRINTER_JAMMED';
  return (offline & OFFLINE) !== 0 ? 'PRINTER_OFFLINE' : null;
}

/**
 * The status of a receipt printer that is reached by a road in both directions. One that is silent when it is first asked
 * cannot tell and is not asked again; one that has answered and is silent now is off.
 */
export function createPrinterStatus(
  wait: Wait,
  /** ms in which a printer answers, and in which it works off what is in its buffer. */
  patience: { readonly answerMs: number; readonly workMs: number },
): PrinterStatus {
  const known: { tells: boolean | undefined; inTurn: boolean } = { tells: undefined, inTurn: false };

  /** The first byte of a kind; `other` gets what else is said. Undefined when it does not come in time. */
  const hear = async (
    talk: Conversation,
    isWanted: (byte: number) => boolean,
    forMs: number,
    signal: AbortSignal,
    other: (byte: number) => void = () => undefined,
  ): Promise<number | undefined> => {
    for (let ms = 0; ms < forMs && !signal.aborted; ) {
      const byte = await talk.receive();
      if (byte === undefined) {
        await wait(LISTEN_EVERY_MS, signal);
        ms += LISTEN_EVERY_MS;
      } else if (isWanted(byte)) return byte;
      else other(byte);
    }
    return undefined;
  };

  const look = async (
    talk: Conversation,
    signal: AbortSignal,
    other?: (byte: number) => void,
  ): Promise<Answers | undefined> => {
    const answers: number[] = [];
    for (const n of [1, 2, 4] as const) {
      await talk.send(askNow(n));
      const byte = await hear(talk, isAnswerNow, patience.answerMs, signal, other);
      if (byte === undefined) return undefined;
      answers.push(byte);
    }
    const [offline = 0, cause = 0, paper = 0] = answers;
    return { offline, cause, paper };
  };

  /** Whether it answers in turn; asked once, for a cheap one prints what it does not understand. */
  const answersInTurn = async (talk: Conversation, signal: AbortSignal): Promise<boolean> => {
    await talk.send(ASK_IN_TURN);
    return (await hear(talk, isAnswerInTurn, patience.answerMs, signal)) !== undefined;
  };

  return {
    before: async (talk, signal) => {
      if (known.tells === false) return null;
      const seen = (await look(talk, signal)) ?? (known.tells ? await look(talk, signal) : undefined);
      if (seen === undefined) {
        if (known.tells === true) return 'PRINTER_OFFLINE';
        // Out of time is no answer either way.
        if (!signal.aborted) known.tells = false;
        return null;
      }
      const word = wordFor(seen);
      if (known.tells === undefined && word === null) {
        known.inTurn = await answersInTurn(talk, signal);
        known.tells = true;
      }
      return word;
    },

    after: async (talk, signal) => {
      if (known.tells !== true) return null;
      const turn: { answer: number | undefined } = { answer: undefined };
      if (known.inTurn) await talk.send(ASK_IN_TURN);
      const rounds = known.inTurn ? Math.ceil(patience.workMs / patience.answerMs) : 1;
      for (let round = 0; round < rounds && !signal.aborted; round += 1) {
        turn.answer ??= await hear(talk, isAnswerInTurn, patience.answerMs, signal);
        if (turn.answer !== undefined) return (turn.answer & PAPER_END_IN_TURN) === 0 ? null : 'PAPER_OUT';
        const seen = await look(talk, signal, (byte) => {
          if (isAnswerInTurn(byte)) turn.answer = byte;
        });
        const word = seen === undefined ? null : wordFor(seen);
        if (word !== null) return word;
      }
      return null;
    },
  };
}
