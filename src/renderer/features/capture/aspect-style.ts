import type { CSSProperties } from 'react';

/** The shape of a picture, for the stage that fills its place in that shape; the style sheet reads it as a number. */
export function aspectStyle(aspect: number): CSSProperties {
  const style: CSSProperties & Readonly<Record<'--aspect', number>> = { '--aspect': aspect };
  return style;
}
