import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrinterTools } from '../../src/main/core/printing/printer-tools.ts';

/** What the printer of the double does from now on; `word` is what the script of Windows answers. */
type State = 'gone' | 'paused' | 'held' | 'no-port' | 'refused';

/** Programs of an operating system that print into a folder: real programs, started as the real ones are. */
export type FakePrinterSystem = {
  readonly tools: PrinterTools;
  readonly say: (state: State) => void;
  /** The word that the script of Windows answers, with its exit code. */
  readonly answer: (word: string, code: number) => void;
  readonly papers: () => readonly Uint8Array[];
  /** Arguments of every call, one line each. */
  readonly calls: () => readonly string[];
  /** Jobs that were taken out of the queue again. */
  readonly cancelled: () => readonly string[];
};

const HEAD = (folder: string): string => `#!/bin/sh\ncd '${folder}' || exit 9\necho "$(basename "$0") $*" >> calls\n`;

const SCRIPTS = {
  lp: `[ -e refused ] && { echo 'lp: Error - unsupported document-format.' >&2; exit 1; }
n=$(ls papers | wc -l); n=$((n + 1)); cat > "papers/$n"
[ -e held ] && touch "queue/struk-$n"
echo "request id is struk-$n (0 file(s))"`,
  lpstat: `[ -e gone ] && { echo 'lpstat: Invalid destination name in list.' >&2; exit 1; }
case "$1" in
-p) if [ -e paused ]; then echo "printer $2 disabled since Sun Nov 22 - Paused"; else echo "printer $2 is idle.  enabled since Sun"; fi ;;
-o) for job in $(ls queue); do echo "$job  root  1024  Sun Nov 22 10:00:00 2026"; done ;;
esac`,
  cancel: `rm -f "queue/$1"; echo "$1" >> cancelled`,
  stty: `[ -e no-port ] && { echo "stty: $2: No such file or directory" >&2; exit 1; }\nexit 0`,
  mode: 'exit 0',
  powershell: `{ read -r name; read -r bytes; read -r most; read -r form; }
echo "$name $most $form" >> asked
if [ -e answer ]; then read -r word code < answer; echo "$word"; exit "$code"; fi
[ -e gone ] && { echo PRINTER_NOT_FOUND; exit 10; }
n=$(ls papers | wc -l); n=$((n + 1)); echo "$bytes" | base64 -d > "papers/$n"
echo PRINTED`,
} as const;

/** Puts the double of an operating system's printing into a folder. */
export function fakePrinterSystem(folder: string, platform: NodeJS.Platform): FakePrinterSystem {
  const home = join(folder, 'system');
  for (const each of ['papers', 'queue']) mkdirSync(join(home, each), { recursive: true });
  const program = (name: keyof typeof SCRIPTS): string => {
    const file = join(home, `${name}.sh`);
    writeFileSync(file, `${HEAD(home)}${SCRIPTS[name]}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const lines = (name: string): readonly string[] => {
    const file = join(home, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  return {
    tools: {
      platform,
      lp: program('lp'),
      lpstat: program('lpstat'),
      cancel: program('cancel'),
      stty: program('stty'),
      mode: program('mode'),
      powershell: program('powershell'),
      everyMs: 20,
    },
    say: (state) => writeFileSync(join(home, state), ''),
    answer: (word, code) => writeFileSync(join(home, 'answer'), `${word} ${String(code)}\n`),
    papers: () => {
      const names = readdirSync(join(home, 'papers')).toSorted((one, other) => Number(one) - Number(other));
      return names.map((name) => readFileSync(join(home, 'papers', name)));
    },
    calls: () => lines('calls'),
    cancelled: () => lines('cancelled'),
  };
}
