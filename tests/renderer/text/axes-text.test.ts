import { describe, expect, it } from 'vitest';
import type { Axes } from '../../../src/contract/views-transaction.ts';
import { axisMarks, centralMark } from '../../../src/renderer/text/axes-text.ts';

const axes: Axes = {
  business: 'paid',
  delivery: 'acknowledged',
  central: 'booked',
  print: 'printed',
  copies: 0,
  documents: 'local',
};
const words = (one: Axes): readonly string[] => axisMarks(one).map((mark) => mark.word);

describe('the five axes of a transaction, never one', () => {
  it('are said in the words of the product', () => {
    expect(words(axes)).toEqual(['dibayar', 'tercetak', 'diterima Bapenda', 'dibukukan', 'di komputer ini']);
  });

  it('count the copies beside the paper', () => {
    expect(words({ ...axes, copies: 2 })[1]).toBe('tercetak, 2 salinan');
  });

  it('are red only where a person is needed', () => {
    const red = axisMarks({ ...axes, central: 'short', delivery: 'queued' }).filter((mark) => mark.tone === 'person');
    expect(red.map((mark) => mark.word)).toEqual(['kurang bayar']);
  });

  it('call a paper that is being printed no trouble, and only one that nobody knows of', () => {
    const paper = (print: Axes['print']) => axisMarks({ ...axes, print })[1];
    expect(paper('printing')).toEqual({ axis: 'print', tone: 'moving', word: 'sedang dicetak' });
    expect(paper('print-unknown')).toEqual({ axis: 'print', tone: 'person', word: 'belum pasti' });
  });

  it('show a state of a newer province as it came', () => {
    expect(centralMark('audited')).toEqual({ tone: 'none', word: 'audited' });
  });
});
