import { runDrill } from './demo/drill.ts';
import { PROGRAM_FOLDER } from './host.ts';

// The program behind `loket drill`: NDJSON, a line per step and the report last; exit 2 when it is not as it must be.
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const report = await runDrill({ programFolder: PROGRAM_FOLDER, entries: Number(process.argv[2]), print });
print(report);
process.exitCode = report.ok ? 0 : 2;
