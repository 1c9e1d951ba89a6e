import { describe, expect, it } from 'vitest';
import { asItStands, type PrintJob, printAxis } from '../../../src/main/core/printing/print-store.ts';

const asked = (jobId: string, change: Partial<PrintJob> = {}): PrintJob => ({
  jobId,
  stream: '019cd5af-0000-7000-8000-000000000001',
  kind: 'receipt',
  copyNo: 0,
  printer: 'utama',
  state: 'requested',
  detail: null,
  requestedAt: 1,
  ...change,
});
const axisOf = (jobs: readonly PrintJob[], ...printing: readonly string[]) =>
  printAxis(jobs.map(asItStands((jobId) => printing.includes(jobId)))).print;

describe('the print axis of a sale', () => {
  it('is under way only while this process waits for the result', () => {
    expect(axisOf([asked('a')], 'a')).toBe('printing');
    // The result came and could not be stored: nobody will ever say how it ended but a person.
    expect(axisOf([asked('a')])).toBe('print-unknown');
    expect(axisOf([asked('a')], 'b')).toBe('print-unknown');
  });

  it('needs a person for one paper that nobody knows of, whatever else is under way', () => {
    const lost = asked('a', { state: 'unknown' });
    const copy = asked('b', { kind: 'copy', copyNo: 1 });
    expect(axisOf([lost, copy], 'b')).toBe('print-unknown');
    expect(axisOf([{ ...lost, state: 'printed' }, copy], 'b')).toBe('printing');
  });
});
