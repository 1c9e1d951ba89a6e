import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether the content is taller than its place, so that the keyboard must be able to scroll it. */
export function useOverflowing(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const place = useRef<HTMLDivElement>(null);
  const [overflowing, setOverflowing] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => setOverflowing(element.scrollHeight > element.clientHeight + 1);
    const sizes = new ResizeObserver(measure);
    const content = new MutationObserver(measure);
    sizes.observe(element);
    content.observe(element, { childList: true, subtree: true, characterData: true });
    measure();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  }, []);
  return [place, overflowing];
}
