const PAGE = 10;

/** Where an arrow, Home, End or a page key leads in a list of `length`; undefined when the key does not move. */
export function movedIndex(key: string, index: number, length: number): number | undefined {
  if (length === 0) return undefined;
  const clamp = (next: number): number => Math.min(length - 1, Math.max(0, next));
  switch (key) {
    case 'ArrowDown':
      return clamp(index + 1);
    case 'ArrowUp':
      return clamp(index < 0 ? length - 1 : index - 1);
    case 'PageDown':
      return clamp(index + PAGE);
    case 'PageUp':
      return clamp(index - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
