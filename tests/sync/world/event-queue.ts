/** What happens at a moment of the world; ties are broken by counter and then by the order in which they were set. */
export type Scheduled<T> = { readonly at: number; readonly counter: number; readonly no: number; readonly what: T };

/** A heap ordered by (virtual time, counter, number): the order of events depends on the seed alone. */
export type EventQueue<T> = {
  readonly put: (at: number, counter: number, what: T) => void;
  readonly take: () => Scheduled<T> | undefined;
  readonly size: () => number;
};

function isBefore<T>(left: Scheduled<T>, right: Scheduled<T>): boolean {
  if (left.at !== right.at) return left.at < right.at;
  if (left.counter !== right.counter) return left.counter < right.counter;
  return left.no < right.no;
}

export function createEventQueue<T>(): EventQueue<T> {
  const heap: Scheduled<T>[] = [];
  let count = 0;
  const at = (index: number): Scheduled<T> => {
    const event = heap[index];
    if (event === undefined) throw new RangeError('outside of the heap');
    return event;
  };
  const swap = (left: number, right: number): void => {
    const kept = at(left);
    heap[left] = at(right);
    heap[right] = kept;
  };
  const sink = (): void => {
    for (let index = 0; ; ) {
      const children = [2 * index + 1, 2 * index + 2].filter((child) => child < heap.length);
      const first = children.reduce((best, child) => (isBefore(at(child), at(best)) ? child : best), index);
      if (first === index) return;
      swap(index, first);
      index = first;
    }
  };
  return {
    put: (when, counter, what) => {
      heap.push({ at: when, counter, no: count, what });
      count += 1;
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!isBefore(at(index), at(parent))) return;
        swap(index, parent);
        index = parent;
      }
    },
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
    size: () => heap.length,
  };
}
