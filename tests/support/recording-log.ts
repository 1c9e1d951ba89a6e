import type { LogLevel, LogPort } from '../../src/main/core/ports.ts';

type Line = { readonly level: LogLevel; readonly event: string; readonly facts: Readonly<Record<string, unknown>> };

/** A log that keeps its lines for the test to read. */
export function createRecordingLog(): LogPort & { readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  return {
    lines,
    write: (level, event, facts = {}) => {
      lines.push({ level, event, facts });
    },
  };
}
