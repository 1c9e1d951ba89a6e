// A counter that sells without end and prints the position of every sale that was acknowledged. It is killed from outside.
import { writeSync } from 'node:fs';
import { ok } from '../../../src/domain/result.ts';
import { valueOf } from '../../support/opened-database.ts';
import { openTestJournal, saleDraft, signedInDraft } from '../../support/test-journal.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('crash-child needs a folder');

const test = await openTestJournal(folder);
const check = valueOf(await test.journal.checkMarks());
if (check.state === 'empty') valueOf(await test.journal.openEpoch('enrolment'));
writeSync(1, `start ${check.state}\n`);

while (true) {
  const sold = valueOf(
    await test.journal.record(async (tx, append) => {
      append(signedInDraft(test.newId()));
      const sale = append(saleDraft(test, null));
      await tx
        .insertInto('setting')
        .values({ key: `sale-${sale.seq}`, value: sale.hash })
        .execute();
      return ok(sale);
    }),
  );
  // Written at once: what was printed is on paper, whatever comes next.
  writeSync(1, `sold ${sold.seq} ${sold.hash}\n`);
}
