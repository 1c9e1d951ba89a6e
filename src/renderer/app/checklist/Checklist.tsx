import { Button, Checkbox } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ChecklistLine } from '../../../contract/views-documents.ts';
import { CHECKLIST_TEXT, checklistNote } from '../../text/checklist-text.ts';
import { DOCUMENT_TEXT } from '../../text/vehicle-text.ts';
import { movedIndex } from '../../ui/list-movement.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { type CaptureRequest, type ReadingTakes, useCapture } from '../capture-request.tsx';
import styles from './Checklist.module.css';
import { isOpen, nextOpen, type Tick, withTick } from './checklist-lines.ts';
import { type Waive, WaiveSheet } from './WaiveSheet.tsx';

type ChecklistProps = Readonly<{
  /** The transaction or application that the papers belong to. */
  stream: string;
  lines: readonly ChecklistLine[];
  financed: boolean;
  onTicks: (from: (lines: readonly ChecklistLine[]) => Tick[]) => void;
  /** Undefined where it cannot be changed any more. */
  onFinanced: ((financed: boolean) => void) | undefined;
  waive: Waive;
  /** Fields beside the checklist that may take what was read from a page. */
  takes?: ReadingTakes;
  /** Enter when nothing is asked for any more. */
  onDone: () => void;
  /** F4 while no line has the focus: the screen brings it here. */
  onWanted: () => void;
}>;

/** The paper's name: of its pack, or of the program where the pack repeats the kind. */
function labelOf(line: ChecklistLine): string {
  return line.label === line.kind ? (DOCUMENT_TEXT[line.kind] ?? line.label) : line.label;
}

type LineProps = Readonly<{
  line: ChecklistLine;
  step: boolean;
  onTick: (present: boolean) => void;
  onHold: (held: boolean) => void;
  onPhoto: () => void;
  onWaive: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}>;

/** One paper: seen, photographed, left here, or waived. */
function Line({ line, step, onTick, onHold, onPhoto, onWaive, onKeyDown }: LineProps): ReactNode {
  const label = labelOf(line);
  return (
    <div className={styles['line']} data-line={line.kind}>
      <Checkbox
        size="md"
        color="opop"
        checked={line.present}
        label={
          <span className={styles['name']}>
            {label}
            <span className={styles['note']} data-open={isOpen(line)}>
              {checklistNote(line)}
            </span>
          </span>
        }
        data-row=""
        data-step={step ? 'documents' : undefined}
        onChange={(event) => onTick(event.currentTarget.checked)}
        onKeyDown={onKeyDown}
      />
      <span className={styles['tools']}>
        {isOpen(line) && line.waiver !== 'never' ? (
          <Button size="compact-xs" variant="subtle" aria-label={CHECKLIST_TEXT.waiveOf(label)} onClick={onWaive}>
            {CHECKLIST_TEXT.waive}
          </Button>
        ) : null}
        {line.present ? (
          <Button
            size="compact-xs"
            variant={line.held ? 'light' : 'default'}
            color="opop"
            aria-pressed={line.held}
            aria-label={CHECKLIST_TEXT.holdOf(label, line.held)}
            onClick={() => onHold(!line.held)}
          >
            {line.held ? CHECKLIST_TEXT.held : CHECKLIST_TEXT.hold}
          </Button>
        ) : null}
        {line.capture === 'never' ? null : (
          <Button
            size="compact-xs"
            variant={line.pages === 0 ? 'default' : 'light'}
            color="opop"
            leftSection={<IconCamera size="0.875rem" aria-hidden />}
            aria-label={
              line.pages === 0 ? CHECKLIST_TEXT.takePhoto(label) : CHECKLIST_TEXT.showPhotos(label, line.pages)
            }
            onClick={onPhoto}
          >
            {CHECKLIST_TEXT.photo(line.pages)}
          </Button>
        )}
      </span>
    </div>
  );
}

/** Which line has the focus, read from the page: the lines are the core's. */
function focusedKind(place: HTMLElement | null): string | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-line]');
  return row !== null && row !== undefined && (place?.contains(row) ?? false) ? row.dataset['line'] : undefined;
}

/** When the capture sheet of a line closes, the focus is on that line again: Enter goes on from there. */
function useFocusAfterCapture(
  request: CaptureRequest | undefined,
  stream: string,
  focusLine: (kind: string) => void,
): void {
  const before = useRef<CaptureRequest | undefined>(undefined);
  useEffect(() => {
    const was = before.current;
    before.current = request;
    if (was === undefined || request !== undefined || was.stream !== stream) return undefined;
    // After the sheet has given the focus back to where it was opened.
    const timer = window.setTimeout(() => focusLine(was.kind), 0);
    return () => {
      window.clearTimeout(timer);
    };
    // Only the closing moves the focus.
  }, [request, stream]);
}

/** The papers of a service, ticked as fast as Enter is pressed; F4 on a line takes its photograph. */
export function Checklist(props: ChecklistProps): ReactNode {
  const { stream, lines, onTicks, onDone, onFinanced } = props;
  const place = useRef<HTMLDivElement>(null);
  const { open, request } = useCapture();
  const [waiving, setWaiving] = useState<ChecklistLine | undefined>();
  const firstOpen = Math.max(0, lines.findIndex(isOpen));
  const set = (kind: string, change: Partial<Pick<Tick, 'present' | 'held'>>): void =>
    onTicks((now) => withTick(now, kind, change));
  const focus = (index: number): void => {
    const boxes = place.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox][data-row]') ?? [];
    [...boxes][index]?.focus();
  };
  useFocusAfterCapture(request, stream, (kind) => focus(lines.findIndex((line) => line.kind === kind)));
  const photo = (line: ChecklistLine, way: 'take' | 'pages'): void => {
    if (line.capture === 'never') return;
    const onKept = (): void => {
      if (!line.present) set(line.kind, { present: true });
    };
    const { takes } = props;
    open({
      stream,
      kind: line.kind,
      label: labelOf(line),
      open: way,
      onKept,
      ...(takes === undefined ? {} : { takes }),
    });
  };
  useKeys({
    documents: {
      run: () => {
        const line = lines.find((each) => each.kind === focusedKind(place.current));
        if (line === undefined) props.onWanted();
        else photo(line, 'take');
      },
      label: CHECKLIST_TEXT.photo(0),
    },
  });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, index: number): void => {
    const line = lines[index];
    if (event.key === 'Enter' && !event.ctrlKey && line !== undefined) {
      event.preventDefault();
      if (isOpen(line)) set(line.kind, { present: true });
      const next = nextOpen(lines, index);
      if (next === undefined) onDone();
      else focus(next);
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const moved = movedIndex(event.key, index, lines.length);
    if (moved === undefined) return;
    event.preventDefault();
    focus(moved);
  };
  return (
    <div ref={place} className={styles['lines']} data-documents>
      {lines.map((line, index) => (
        <Line
          key={line.kind}
          line={line}
          step={index === firstOpen}
          onTick={(present) => set(line.kind, { present })}
          onHold={(held) => set(line.kind, { held })}
          onPhoto={() => photo(line, line.pages === 0 ? 'take' : 'pages')}
          onWaive={() => setWaiving(line)}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      ))}
      {onFinanced === undefined ? null : (
        <Checkbox
          size="sm"
          color="opop"
          className={styles['financed'] ?? ''}
          label={CHECKLIST_TEXT.financed}
          checked={props.financed}
          onChange={(event) => onFinanced(event.currentTarget.checked)}
        />
      )}
      <p className={styles['note']}>{CHECKLIST_TEXT.hint}</p>
      {waiving === undefined ? null : (
        <WaiveSheet
          stream={stream}
          label={labelOf(waiving)}
          line={waiving}
          waive={props.waive}
          onClose={() => setWaiving(undefined)}
        />
      )}
    </div>
  );
}
