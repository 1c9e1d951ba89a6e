import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { movedIndex } from './list-movement.ts';
import styles from './VirtualList.module.css';

type VirtualListProps<Row> = Readonly<{
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Height of every row in rem, so that a list of 20,000 scrolls like one of 20. */
  rowRem: number;
  /** `grid-template-columns` of the head and of every row. */
  columns: string;
  head?: readonly string[];
  /** From this column on the head stands over figures, at the right; rows place their own. */
  figuresFrom?: number;
  render: (row: Row) => ReactNode;
  selected: string | undefined;
  onSelect: (row: Row) => void;
  onOpen?: (row: Row) => void;
  empty: ReactNode;
  /** Takes the focus when the list appears. */
  autoFocus?: boolean;
}>;

const OVERSCAN = 8;

/** A list of any length with one row chosen: arrows move, Enter opens. */
export function VirtualList<Row>(props: VirtualListProps<Row>): ReactNode {
  const { rows, keyOf, rowRem, columns, head, figuresFrom, selected, onSelect, onOpen, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rowPx = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  const index = rows.findIndex((row) => keyOf(row) === selected);
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowPx]);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [virtual, index]);
  useEffect(() => {
    if (props.autoFocus ?? false) scroller.current?.focus();
  }, [props.autoFocus]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const current = rows[index];
    if (event.key === 'Enter' && current !== undefined && onOpen !== undefined) {
      event.preventDefault();
      onOpen(current);
      return;
    }
    const row = rows[movedIndex(event.key, index, rows.length) ?? -1];
    if (row === undefined) return;
    event.preventDefault();
    onSelect(row);
  };

  return (
    <div className={styles['frame']}>
      {head === undefined || rows.length === 0 ? null : (
        <div className={styles['head']} style={{ gridTemplateColumns: columns }}>
          {head.map((name, at) => (
            <span key={name} data-figure={figuresFrom !== undefined && at >= figuresFrom}>
              {name}
            </span>
          ))}
        </div>
      )}
      <div
        ref={scroller}
        className={styles['scroller']}
        role={rows.length === 0 ? 'group' : 'listbox'}
        // A sheet gives the focus to what asks for it, and else to its own close button.
        data-autofocus={props.autoFocus === true ? true : undefined}
        aria-label={label}
        aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {rows.length === 0 ? props.empty : null}
        <div className={styles['runway']} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <div
                key={keyOf(row)}
                id={`${id}-${item.index}`}
                className={styles['row']}
                role="option"
                aria-selected={item.index === index}
                style={{ gridTemplateColumns: columns, height: item.size, transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  onSelect(row);
                }}
                onDoubleClick={() => {
                  onOpen?.(row);
                }}
              >
                {props.render(row)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
