/** What can be proposed from a paper. */
export type ReadField = 'nrkb' | 'nik' | 'chassis' | 'engine';

/** A place on the picture of a page, in its pixels. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** A word as the text recognition gives it. */
export type Word = {
  readonly text: string;
  /** From 0 to 1, as the recognition rates itself. */
  readonly confidence: number;
  readonly box: Box;
};

/** Words that stand beside each other, from left to right. */
export type Line = { readonly words: readonly Word[] };

/** The line of one field, read once more by itself: with only the characters that it may bear, or digit by digit by their shapes. */
export type FieldText = {
  readonly field: ReadField;
  readonly text: string;
  readonly confidence: number;
  readonly by: 'letters' | 'shapes';
};

/** Everything that was recognised on a page. */
export type RecognisedPage = {
  /** Pixels; boxes are in these. */
  readonly width: number;
  readonly lines: readonly Line[];
  readonly fields: readonly FieldText[];
};
