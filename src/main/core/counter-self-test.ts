import { join } from 'node:path';
import type { MachineStep } from '../../contract/self-test.ts';
import type { CounterQuestions } from './counter-questions.ts';
import { createPageDesk } from './documents/page-desk.ts';
import type { Features } from './features.ts';
import { writeBackup } from './inspect/backup.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { backupStep } from './self-test/backup-step.ts';
import { clockStep } from './self-test/clock-step.ts';
import { describeCounter } from './self-test/diagnostics.ts';
import { diskStep } from './self-test/disk-step.ts';
import { durabilityStep } from './self-test/durability-step.ts';
import { keyStoreStep } from './self-test/key-store-step.ts';
import { lineStep } from './self-test/line-step.ts';
import { mirrorStep } from './self-test/mirror-step.ts';
import { printerStep } from './self-test/printer-step.ts';
import { qrStep } from './self-test/qr-step.ts';
import { createSelfTestService, type SelfTestService } from './self-test/self-test-service.ts';
import type { Step } from './self-test/step.ts';

/** Folder of the hand-over's papers in the data of the counter. */
const OWN_FOLDER = 'serah-terima';
/** A page as it is kept of a citizen's paper. */
const PAGE_BYTES = 600_000;

/** Reads the codes of a PDF by a worker of its own, which ends with the reading. */
async function readCodes(
  { startPageWorker, wait, log }: Features,
  pdf: Uint8Array,
): Promise<readonly string[] | undefined> {
  const desk = createPageDesk({ start: startPageWorker, wait, log });
  try {
    const kept = await desk.keep({ file: pdf, pageNo: 1, quad: null, turn: 0, targetBytes: PAGE_BYTES });
    if (!kept.ok) return undefined;
    const read = await desk.read(kept.value.jpeg);
    return read.ok ? read.value.codes.map(({ text }) => text) : undefined;
  } finally {
    await desk.stop();
  }
}

/** Every step with what it looks at. */
function stepsOf(features: Features, questions: CounterQuestions): Readonly<Record<MachineStep, Step>> {
  const { config, db, clock, device, secrets, shell, random, timekeeper, mirror, line, printing } = features;
  const { dataDir } = config;
  const { monoMs } = features.clock;
  return {
    disk: diskStep(dataDir, monoMs),
    durability: durabilityStep(dataDir, db, monoMs),
    clock: clockStep(timekeeper, clock.wallMs),
    'key-store': keyStoreStep({ config, keepSecret: shell.keepSecret, random }, secrets, device.keyStoreKind),
    backup: backupStep({
      dataDir,
      monoMs,
      backup: (out) => writeBackup(db, out, secrets),
      newest: async () => {
        const { entries, head } = await questions.overview();
        return { entries, head: head?.hash ?? null };
      },
    }),
    mirror: mirrorStep(() => mirror.status(), monoMs),
    line: lineStep({ provinceUrl: device.provinceUrl, line, probe: features.probeLine, monoMs }),
    qr: qrStep({ random, monoMs, readCodes: (pdf) => readCodes(features, pdf) }),
    printer: printerStep(printing),
  };
}

/** Wires *Uji mandiri*: steps that look at the very parts that the counter works with. */
export function wireSelfTest(features: Features, questions: CounterQuestions): SelfTestService {
  const { config, clock, device, timekeeper } = features;
  const { outlet, deviceNo } = device;
  return createSelfTestService({
    ...features,
    monoMs: clock.monoMs,
    now: timekeeper.now,
    steps: stepsOf(features, questions),
    owner: {
      outletName: outlet.name,
      outletId: outlet.outletId,
      deviceNo,
      appVersion: config.appVersion,
      training: config.mode === 'training',
    },
    ownFolder: join(config.dataDir, OWN_FOLDER),
    complaintPhone: async () => (await features.db.read((tx) => readPolicy(tx))).complaintPhone,
    describe: async () =>
      await describeCounter({
        overview: await questions.overview(),
        status: await questions.status(),
        dataDir: config.dataDir,
      }),
  });
}
