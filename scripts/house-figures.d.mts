export type RepositoryFile = { readonly path: string; readonly text: string };
export type Suppression = { readonly place: string; readonly directive: string; readonly reason: string | undefined };

export const PRODUCTION: RegExp;
export const CODE: RegExp;
export function repositoryPaths(folder?: string): readonly string[];
export function readFiles(pattern: RegExp): readonly RepositoryFile[];
export function lineCount(text: string): number;
export function longFiles(
  files: readonly RepositoryFile[],
  limit: number,
): readonly { readonly path: string; readonly lines: number }[];
export function findAny(file: RepositoryFile): readonly string[];
export function findSuppressions(file: RepositoryFile): readonly Suppression[];
export function findSkippedTests(file: RepositoryFile): readonly string[];
export function emptyNames(paths: readonly string[]): readonly string[];
export function migrations(): { readonly all: readonly string[]; readonly untested: readonly string[] };
