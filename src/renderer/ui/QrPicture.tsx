import type { ReactNode } from 'react';

/** Light modules around a QR, without which many telephones do not find it. */
const QUIET = 4;

type QrRun = Readonly<{ x: number; y: number; length: number }>;

/** A QR as one path, black on white in every theme. */
export function QrPicture({
  modules,
  runs,
  label,
  className,
}: Readonly<{ modules: number; runs: readonly QrRun[]; label: string; className?: string | undefined }>): ReactNode {
  const edge = modules + 2 * QUIET;
  const path = runs.map(({ x, y, length }) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`).join('');
  return (
    <svg
      className={className}
      viewBox={`0 0 ${edge} ${edge}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
