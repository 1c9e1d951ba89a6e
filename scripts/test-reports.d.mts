export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };
export type Suite = {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
  readonly note?: string;
};
export type Exit = { readonly code: number; readonly seconds: number; readonly reason: string };

export function total(suites: readonly Suite[]): Counts;
export function lastLine(counts: Counts): string;
export function checkSuites(file: string, exit: Exit): readonly Suite[];
export function vitestSuites(file: string, exit: Exit): readonly Suite[];
export function playwrightSuites(name: string, file: string, exit: Exit): readonly Suite[];
export function table(suites: readonly Suite[]): string;
