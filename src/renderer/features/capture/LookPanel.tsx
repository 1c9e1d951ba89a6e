import { Button, Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCrop, IconRotateClockwise } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { CAPTURE_TEXT, QUALITY_GOOD, qualityNotes } from '../../text/capture-text.ts';
import styles from './Capture.module.css';
import { CropEditor } from './CropEditor.tsx';
import { cropOf } from './crop-quad.ts';
import { type Intake, type IntakePhase, type PageChoice, withTurn, withWhole } from './use-intake.ts';

type LookPanelProps = Readonly<{ intake: Intake; phase: Extract<IntakePhase, { kind: 'look' }>; children: ReactNode }>;

/** What is good or not about a picture, in words. */
function Quality({ choice }: Readonly<{ choice: PageChoice }>): ReactNode {
  const notes = qualityNotes(choice.page);
  return (
    <div role="status" className={styles['quality']}>
      <p className={styles['dim']}>{CAPTURE_TEXT.size(choice.page.width, choice.page.height)}</p>
      {notes.length === 0 ? (
        <p data-tone="good">
          <IconCircleCheck size="1.25rem" aria-hidden />
          {QUALITY_GOOD}
        </p>
      ) : null}
      {notes.map(({ text, bad }) => (
        <p key={text} data-tone={bad ? 'bad' : 'note'}>
          <IconAlertTriangle size="1.25rem" aria-hidden />
          {text}
        </p>
      ))}
    </div>
  );
}

/** Pages of a file of several pages: which of them are kept, and which one is looked at. */
function PageList({
  pages,
  shown,
  onShow,
  onChoose,
}: Readonly<{
  pages: readonly PageChoice[];
  shown: number;
  onShow: (pageNo: number) => void;
  onChoose: (pageNo: number, chosen: boolean) => void;
}>): ReactNode {
  return (
    <ul className={styles['pages']} aria-label={CAPTURE_TEXT.pages}>
      {pages.map(({ page, chosen }) => (
        <li key={page.pageNo} data-shown={page.pageNo === shown}>
          <button type="button" className={styles['thumb']} onClick={() => onShow(page.pageNo)}>
            <img src={page.preview} alt={CAPTURE_TEXT.pageOf(page.pageNo, pages.length)} />
          </button>
          <Checkbox
            color="opop"
            label={page.pageNo}
            aria-label={CAPTURE_TEXT.choosePage(page.pageNo)}
            checked={chosen}
            onFocus={() => onShow(page.pageNo)}
            onChange={(event) => onChoose(page.pageNo, event.currentTarget.checked)}
          />
        </li>
      ))}
    </ul>
  );
}

/** Periksa halaman: what came in, its corners and its turn, before anything is kept. */
export function LookPanel({ intake, phase, children }: LookPanelProps): ReactNode {
  const [wanted, setWanted] = useState(1);
  const { pages, left } = phase;
  const shown = pages.find(({ page }) => page.pageNo === wanted) ?? pages[0];
  if (shown === undefined) return children;
  const { pageNo } = shown.page;
  const turn = (): void => intake.change(pageNo, withTurn);
  const whole = cropOf(shown.quad) === null;
  return (
    <div
      className={styles['panel']}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'r' || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        turn();
      }}
    >
      <CropEditor key={pageNo} choice={shown} onChange={(choice) => intake.change(pageNo, () => choice)} />
      <div className={styles['side']}>
        <Quality choice={shown} />
        <div className={styles['tools']}>
          <Button variant="default" leftSection={<IconRotateClockwise size="1.125rem" aria-hidden />} onClick={turn}>
            {CAPTURE_TEXT.turn}
          </Button>
          <Button
            variant="default"
            leftSection={<IconCrop size="1.125rem" aria-hidden />}
            onClick={() => intake.change(pageNo, withWhole)}
          >
            {whole ? CAPTURE_TEXT.crop : CAPTURE_TEXT.whole}
          </Button>
        </div>
        <p className={styles['dim']}>{`${CAPTURE_TEXT.turnHint}. ${whole ? '' : CAPTURE_TEXT.cropHint}`}</p>
        {pages.length === 1 && left === 0 ? null : (
          <PageList
            pages={pages}
            shown={pageNo}
            onShow={setWanted}
            onChoose={(chosen, value) => intake.change(chosen, (choice) => ({ ...choice, chosen: value }))}
          />
        )}
        {left === 0 ? null : (
          <Button variant="default" onClick={() => void intake.lookFurther()}>
            {CAPTURE_TEXT.morePages(left)}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
