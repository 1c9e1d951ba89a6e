/** The code with which the file system refused, or UNKNOWN for what is no refusal of it. */
export function fileFault(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

/** What a medium says when it does not take a file, in words that a person can act on, by the system's code. */
export const MEDIUM_REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'FULL',
  EDQUOT: 'FULL',
  EFBIG: 'FULL',
  ENOENT: 'NOT_THERE',
  ENODEV: 'NOT_THERE',
  ENXIO: 'NOT_THERE',
  EIO: 'NOT_THERE',
  ENOTDIR: 'NOT_THERE',
  EROFS: 'NOT_WRITABLE',
  EACCES: 'NOT_WRITABLE',
  EPERM: 'NOT_WRITABLE',
};

/** FULL, NOT_THERE, NOT_WRITABLE, or the system's own code. */
export function mediumReason(error: unknown): string {
  const code = fileFault(error);
  return MEDIUM_REASONS[code] ?? code;
}
