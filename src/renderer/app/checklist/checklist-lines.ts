import type { ChecklistLine } from '../../../contract/views-documents.ts';

/** A paper as it is sent: seen or not, and whether its original stays here. */
export type Tick = Readonly<{ kind: string; present: boolean; held: boolean }>;

/** Whether a line asks for something still. */
export function isOpen(line: Pick<ChecklistLine, 'required' | 'present' | 'waived'>): boolean {
  return line.required && !line.present && line.waived === null;
}

/** The ticks of all lines with one of them changed; what stays at the counter was seen, what was not seen cannot stay. */
export function withTick(
  lines: readonly Pick<ChecklistLine, 'kind' | 'present' | 'held'>[],
  kind: string,
  change: Partial<Pick<Tick, 'present' | 'held'>>,
): Tick[] {
  return lines.map((line) => {
    const now = { kind: line.kind, present: line.present, held: line.held };
    if (line.kind !== kind) return now;
    if (change.held === true) return { kind, present: true, held: true };
    if (change.present === false) return { kind, present: false, held: false };
    return { ...now, ...change };
  });
}

/** The line that Enter leads to next: the next one that asks for something; undefined when none does. */
export function nextOpen(lines: readonly ChecklistLine[], after: number): number | undefined {
  const next = lines.findIndex((line, at) => at > after && isOpen(line));
  return next < 0 ? undefined : next;
}
