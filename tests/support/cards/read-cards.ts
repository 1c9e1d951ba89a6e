import type { PageDesk } from '../../../src/main/core/documents/page-desk.ts';
import { propose, SURE } from '../../../src/main/core/reading/propose.ts';
import type { ReadField } from '../../../src/main/core/reading/recognised.ts';
import type { Card } from './card-set.ts';

/** What became of one field of one kind of paper over many cards. */
type Tally = {
  cards: number;
  right: number;
  /** Another value was proposed; the officer sees it beside the registry and beside the page. */
  wrong: number;
  /** Another value was proposed as sure. */
  surelyWrong: number;
  rightAndSure: number;
  nothing: number;
};

/** One field that was not read right, with what it takes to draw its card again. */
type Miss = { readonly seed: number; readonly paper: string; readonly wanted: string; readonly read: string };

const FIELDS: Readonly<Record<Card['kind'], readonly ReadField[]>> = {
  ktp: ['nik'],
  stnk: ['nrkb', 'chassis', 'engine'],
  notice: ['nrkb', 'chassis', 'engine'],
};
const TARGET_BYTES = 220_000;

/** The whole way of a page: looked at, cut out by the edges that were found, made small, read. */
async function readCard(desk: PageDesk, { jpeg }: Card): Promise<ReturnType<typeof propose>> {
  const looked = await desk.look(jpeg, 1);
  if (!looked.ok) throw new Error(`not looked at: ${looked.error.code}`);
  const quad = looked.value.pages[0]?.quad ?? null;
  const kept = await desk.keep({ file: jpeg, pageNo: 1, quad, turn: 0, targetBytes: TARGET_BYTES });
  if (!kept.ok) throw new Error(`not kept: ${kept.error.code}`);
  const read = await desk.read(kept.value.jpeg);
  if (!read.ok) throw new Error(`not read: ${read.error.code}`);
  return propose(read.value.codes, read.value.page);
}

/** Reads cards and compares what is proposed with what was drawn, field by field. */
export async function tallyCards(
  desk: PageDesk,
  cards: AsyncIterable<Card>,
  onMiss: (miss: Miss) => void,
): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map<string, Tally>();
  for await (const card of cards) {
    const proposals = await readCard(desk, card);
    for (const field of FIELDS[card.kind]) {
      const paper = `${card.kind}.${field}`;
      const none = { cards: 0, right: 0, wrong: 0, surelyWrong: 0, rightAndSure: 0, nothing: 0 };
      const tally = tallies.get(paper) ?? none;
      tallies.set(paper, tally);
      const found = proposals.find((proposal) => proposal.field === field);
      const isRight = found?.proposed === card.facts[field];
      const isSure = (found?.confidence ?? 0) >= SURE;
      tally.cards += 1;
      if (found === undefined) tally.nothing += 1;
      else if (isRight) tally.right += 1;
      else tally.wrong += 1;
      if (isSure && isRight) tally.rightAndSure += 1;
      if (isSure && !isRight) tally.surelyWrong += 1;
      const read = found === undefined ? '' : `${found.proposed} ${String(found.confidence)}`;
      if (!isRight) onMiss({ seed: card.seed, paper, wanted: card.facts[field], read });
    }
  }
  return tallies;
}
