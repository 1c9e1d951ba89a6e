import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import type { Paper } from './truth.ts';

/** What a person can read on a paper: the words are those of the paper, not of the program. */
export function paperOf(counter: number, at: number, { head, blocks }: PaperDocument): Paper {
  const rows = blocks.flatMap((block) => (block.kind === 'row' ? [block] : []));
  const number = rows.find((row) => row.label.startsWith('Nomor'))?.value ?? null;
  const payable = rows.find((row) => row.size === 'double')?.value ?? null;
  const proof = blocks.flatMap((block) => (block.kind === 'qr' ? [block.payload] : []))[0] ?? null;
  return {
    counter,
    at,
    kind: head.kind,
    number,
    payable: payable === null ? null : Number(payable.replace(/\D/g, '')),
    proof,
  };
}
