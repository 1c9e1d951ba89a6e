import { join } from 'node:path';
import { vi } from 'vitest';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import type { TestCounter } from './test-counter.ts';

/** Past every layer; the counter in this very process may be writing, and goes on only when we let it. */
async function atTheDisk(counter: TestCounter, sql: string): Promise<void> {
  const file = join(counter.config.dataDir, DATABASE_FILE);
  await vi.waitFor(() => {
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 0 });
    try {
      handle.exec(sql);
    } finally {
      handle.close();
    }
  });
}

/** The disk refuses every sale after so many. */
export async function breakSalesAfter(counter: TestCounter, sold: number): Promise<void> {
  await atTheDisk(
    counter,
    `CREATE TRIGGER disk_is_broken BEFORE INSERT ON sale WHEN (SELECT count(*) FROM sale) >= ${sold}
       BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END`,
  );
}

/** The disk takes sales again. */
export async function mendSales(counter: TestCounter): Promise<void> {
  await atTheDisk(counter, 'DROP TRIGGER disk_is_broken');
}
