import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import {
  bundleAnswerPieceSchema,
  bundleLookAnswerSchema,
  bundlePieceAnswerSchema,
  bundleTakeAnswerSchema,
  CARRIED_HEAD_BYTES,
  CARRIED_PIECE_BYTES,
} from '../../../contract/region-bundles.ts';
import type { Carrying, StickFile, StickView, TakenBundle } from '../../../contract/views-sticks.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { EventsPort } from '../ports.ts';
import type { RegionLine, RegionLineRefusal } from '../sync/region-line.ts';
import { writeAnswerFile } from './stick-answer.ts';
import {
  answerNameOf,
  bundleLength,
  bytesAt,
  digestOf,
  filesOnStick,
  fromMedium,
  type StickRefusal,
} from './stick-files.ts';

type TakeRefusal = RegionLineRefusal | StickRefusal | Refusal<'BUNDLE_REFUSED'>;
type Order = { readonly file: string; readonly withRegistry: boolean; readonly answerFolder: string | null };

/** Flashdisks of outlets without a line: looked at, brought to the province piece by piece, answered. */
export type StickDesk = {
  readonly look: (signIn: SignIn, folder: string) => Promise<Result<StickView, RegionLineRefusal | StickRefusal>>;
  readonly take: (signIn: SignIn, order: Order) => Promise<Result<TakenBundle, TakeRefusal>>;
  /** The bundle that is on its way now. */
  readonly carrying: () => Carrying | null;
};

/** A whole bundle is judged and answered in one request. */
const TAKE_MS = 300_000;
const PIECE_MS = 60_000;
/** The province may have swept what came of a file: then it begins anew, once. */
const MOST_BEGINNINGS = 2;

const refused = (reason: string): { readonly ok: false; readonly error: Refusal<'BUNDLE_REFUSED'> } =>
  err({ code: 'BUNDLE_REFUSED', details: { reason } });

/** One bundle on its way: what is asked is signed by this device and names the supervisor. */
class Carriage {
  readonly #line: RegionLine;
  readonly #supervisorId: string;
  readonly #order: Order;
  readonly #tell: (carrying: Carrying) => void;

  constructor(line: RegionLine, supervisorId: string, order: Order, tell: (carrying: Carrying) => void) {
    this.#line = line;
    this.#supervisorId = supervisorId;
    this.#order = order;
    this.#tell = tell;
  }

  #step(step: Carrying['step'], done: number, total: number | null): void {
    this.#tell({ file: this.#order.file, step, done, total });
  }

  #ask<T>(what: string, body: object, schema: z.ZodType<T>, timeoutMs = PIECE_MS) {
    const path = `/v1/region/bundle-${what}`;
    return this.#line.ask({ path, body: { supervisorId: this.#supervisorId, ...body }, schema, timeoutMs });
  }

  /** The name of a file is the hash of all its bytes. */
  async #digest(bytes: number): Promise<Result<string, StickRefusal>> {
    let done = 0;
    return await fromMedium(() =>
      digestOf(this.#order.file, (read) => {
        done += read;
        this.#step('reading', done, bytes);
      }),
    );
  }

  /** Brings what the province does not hold yet; what it holds is asked first, so that a broken line goes on there. */
  async #send(file: string, bytes: number): Promise<Result<void, TakeRefusal>> {
    const put = (offset: number, piece: Uint8Array) =>
      this.#ask(
        'piece',
        { file, bytes, offset, piece: Buffer.from(piece).toString('base64') },
        bundlePieceAnswerSchema,
      );
    const begun = await put(0, Buffer.alloc(0));
    if (!begun.ok) return begun;
    for (let { held } = begun.value; held < bytes; ) {
      this.#step('sending', held, bytes);
      const piece = await fromMedium(() => bytesAt(this.#order.file, held, CARRIED_PIECE_BYTES));
      if (!piece.ok) return piece;
      // Shorter than it was a moment ago: the medium, or what is on it, is another one.
      if (piece.value.length === 0) return err({ code: 'STICK_UNREADABLE', details: { reason: 'CHANGED' } });
      const sent = await put(held, piece.value.subarray(0, bytes - held));
      if (!sent.ok) return sent;
      if (sent.value.held <= held) return err({ code: 'PROVINCE_ANSWER_INVALID', details: { reason: 'PIECE' } });
      held = sent.value.held;
    }
    return ok(undefined);
  }

  /** Pieces of the answer as they come; the last question lets both files go at the province. */
  async *#answerPieces(file: string, bytes: number) {
    const { withRegistry } = this.#order;
    for (let from = 0; from < bytes; ) {
      this.#step('answering', from, bytes);
      const told = await this.#ask('answer', { file, withRegistry, from }, bundleAnswerPieceSchema);
      if (!told.ok) {
        yield { problem: told.error.code };
        return;
      }
      const piece = Buffer.from(told.value.piece, 'base64');
      if (piece.length === 0) {
        yield { problem: 'PROVINCE_ANSWER_INVALID' };
        return;
      }
      from += piece.length;
      yield { piece };
    }
  }

  async #answer(file: string, bytes: number | null): Promise<Pick<TakenBundle, 'answer' | 'answerProblem'>> {
    if (bytes === null) return { answer: null, answerProblem: 'NOBODY' };
    const { file: bundle, answerFolder, withRegistry } = this.#order;
    const target = join(answerFolder ?? dirname(bundle), answerNameOf(bundle));
    const answerProblem = await writeAnswerFile(target, this.#answerPieces(file, bytes));
    if (answerProblem !== null) return { answer: null, answerProblem };
    // It lies where it belongs. Whatever this last word meets, the province sweeps both files away by itself.
    await this.#ask('answer', { file, withRegistry, from: bytes }, bundleAnswerPieceSchema);
    return { answer: { file: target, bytes }, answerProblem: null };
  }

  async #deliver(file: string, bytes: number, beginnings: number): Promise<Result<TakenBundle, TakeRefusal>> {
    const sent = await this.#send(file, bytes);
    if (!sent.ok) return sent;
    this.#step('taking', bytes, null);
    const { withRegistry } = this.#order;
    const taken = await this.#ask('take', { file, withRegistry }, bundleTakeAnswerSchema, TAKE_MS);
    if (!taken.ok) {
      const isSwept = taken.error.details?.['reason'] === 'NOT_FOUND' && beginnings < MOST_BEGINNINGS;
      return isSwept ? await this.#deliver(file, bytes, beginnings + 1) : taken;
    }
    const { answerBytes, facts, ...found } = taken.value;
    if (facts === null) return refused(found.problems[0]?.reason ?? 'NOT_A_BUNDLE');
    return ok({ ...found, facts, ...(await this.#answer(file, answerBytes)) });
  }

  async run(): Promise<Result<TakenBundle, TakeRefusal>> {
    const length = await bundleLength(this.#order.file);
    if (!length.ok) return length;
    if (length.value === 0) return refused('NOT_A_BUNDLE');
    const file = await this.#digest(length.value);
    return file.ok ? await this.#deliver(file.value, length.value, 1) : file;
  }
}

export function createStickDesk({
  line,
  events,
}: {
  readonly line: RegionLine;
  readonly events: EventsPort;
}): StickDesk {
  const state: { carrying: Carrying | null; last: Promise<unknown> } = { carrying: null, last: Promise.resolve() };

  const lookAt = async (
    supervisorId: string,
    of: StickFile,
  ): Promise<Result<StickFile, RegionLineRefusal | StickRefusal>> => {
    const head = await fromMedium(() => bytesAt(of.file, 0, CARRIED_HEAD_BYTES));
    if (!head.ok) return head;
    const body = { supervisorId, head: head.value.toString('base64') };
    const told = await line.ask({ path: '/v1/region/bundle-look', body, schema: bundleLookAnswerSchema });
    return told.ok ? ok({ ...of, ...told.value }) : told;
  };

  return {
    look: async ({ officerId }, folder) => {
      const files = await filesOnStick(folder);
      if (!files.ok) return files;
      const seen: StickFile[] = [];
      let online = true;
      for (const one of files.value) {
        const looked: Awaited<ReturnType<typeof lookAt>> = online ? await lookAt(officerId, one) : ok(one);
        if (!looked.ok && looked.error.code !== 'NO_LINE') return looked;
        // Without a line the names are all there is; what they say is shown as that.
        online = looked.ok && online;
        seen.push(looked.ok ? looked.value : one);
      }
      return ok({ folder, online, files: seen });
    },
    take: ({ officerId }, order) => {
      // One stick at a time: two at once would only share the line.
      const next = state.last.then(async () => {
        const tell = (carrying: Carrying): void => void (state.carrying = carrying);
        try {
          return await new Carriage(line, officerId, order, tell).run();
        } finally {
          state.carrying = null;
          events.publish('region');
        }
      });
      state.last = next.catch(() => undefined); // whoever asked gets the error; the next one goes on
      return next;
    },
    carrying: () => state.carrying,
  };
}
