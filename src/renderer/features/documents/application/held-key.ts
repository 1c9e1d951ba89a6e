import type { KeyboardEvent } from 'react';

/** On a button that Enter led to: the Enter that is still held down does not press it. */
export function onlyPressedKeys(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault();
}
