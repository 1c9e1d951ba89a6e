import { type CardFacts, inventFacts } from './card-facts.ts';
import { loadCardFonts } from './card-fonts.ts';
import { cardRandom } from './card-random.ts';
import { type CardKind, drawCard } from './draw-card.ts';
import { drawShot, type Shot, takePicture } from './take-picture.ts';

/** One synthetic paper as a picture, and what stands on it. */
export type Card = {
  readonly seed: number;
  readonly kind: CardKind;
  readonly facts: CardFacts;
  readonly shot: Shot;
  readonly jpeg: Buffer;
  /** Where the paper lies, each corner from 0 to 1, clockwise from the upper left. */
  readonly corners: readonly (readonly [number, number])[];
};

const KINDS: readonly CardKind[] = ['stnk', 'ktp', 'stnk', 'ktp', 'notice'];

/** Draws one card and takes its picture; what is not given is drawn from the seed. */
export async function makeCard(
  seed: number,
  kind: CardKind,
  given: { readonly facts?: Partial<CardFacts>; readonly shot?: Partial<Shot> } = {},
): Promise<Card> {
  await loadCardFonts();
  const random = cardRandom(seed);
  const facts = { ...inventFacts(random), ...given.facts };
  const shot = { ...drawShot(random), ...given.shot };
  const { jpeg, corners } = await takePicture(drawCard(kind, facts, random), shot, random);
  return { seed, kind, facts, shot, jpeg, corners };
}

/** Draws `count` cards, one after the other; the same seed gives the same cards on every machine. */
export async function* makeCards(seed: number, count: number): AsyncGenerator<Card> {
  for (let at = 0; at < count; at += 1) yield await makeCard(seed * 100_003 + at, KINDS[at % KINDS.length] ?? 'stnk');
}
