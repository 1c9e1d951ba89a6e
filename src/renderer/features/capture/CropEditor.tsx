import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { CAPTURE_TEXT, CORNER_NAMES } from '../../text/capture-text.ts';
import styles from './Capture.module.css';
import { aspectStyle } from './aspect-style.ts';
import { inPicture, nudgeCorner, onScreen } from './crop-quad.ts';
import { type PageChoice, withCorner } from './use-intake.ts';

type CropEditorProps = Readonly<{ choice: PageChoice; onChange: (choice: PageChoice) => void }>;

/** A page with the four corners of its paper: dragged with the mouse, or moved with arrows. */
export function CropEditor({ choice, onChange }: CropEditorProps): ReactNode {
  const stage = useRef<HTMLDivElement>(null);
  const { page, quad, turn } = choice;
  const lying = turn === 90 || turn === 270;
  const aspect = lying ? page.height / page.width : page.width / page.height;
  const corners = quad.map((corner) => onScreen(corner, turn));
  const drag = (event: PointerEvent, index: number): void => {
    const place = stage.current?.getBoundingClientRect();
    if (place === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const x = (event.clientX - place.left) / place.width;
    const y = (event.clientY - place.top) / place.height;
    onChange(withCorner(choice, index, inPicture([x, y], turn)));
  };
  const nudge = (event: KeyboardEvent, index: number): void => {
    const moved = nudgeCorner(quad, index, event.key, event.shiftKey, turn);
    if (moved === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange({ ...choice, quad: moved });
  };
  const outline = corners.map(([x, y]) => `${x * 100},${y * 100}`).join(' ');
  return (
    <div className={styles['picture']}>
      <div ref={stage} className={styles['stage']} style={aspectStyle(aspect)}>
        <img
          className={styles['page']}
          src={page.preview}
          alt={CAPTURE_TEXT.shownAs(page.pageNo)}
          data-lying={lying}
          style={{ transform: `translate(-50%, -50%) rotate(${turn}deg)` }}
          draggable={false}
        />
        <svg className={styles['outline']} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path
            fillRule="evenodd"
            d={`M0 0H100V100H0Z M${outline.replaceAll(' ', ' L')}Z`}
            className={styles['away']}
          />
          <polygon points={outline} className={styles['edge']} vectorEffect="non-scaling-stroke" />
        </svg>
        {corners.map(([x, y], index) => (
          <button
            key={CORNER_NAMES[index]}
            type="button"
            className={styles['handle']}
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
            aria-label={CAPTURE_TEXT.corner(CORNER_NAMES[index] ?? '', x, y)}
            onKeyDown={(event) => nudge(event, index)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => drag(event, index)}
          />
        ))}
      </div>
    </div>
  );
}
