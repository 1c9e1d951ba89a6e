import { readFile, stat } from 'node:fs/promises';
import { MANIFEST_END, type UpdateFacts, updateFactsSchema } from '../../contract/update.ts';
import { signUpdate } from '../updates/shelf.ts';
import { required } from './arguments.ts';
import { CliRefusal } from './cli-refusal.ts';
import { type Command, withProvince } from './command.ts';

async function readFacts(archive: string): Promise<UpdateFacts> {
  const file = `${archive}.json`;
  const facts = await readFile(file, 'utf8').then(
    (text) => updateFactsSchema.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  if (facts === undefined || (await stat(archive).catch(() => undefined)) === undefined) {
    throw new CliRefusal(
      'BAD_ARGUMENTS',
      `${archive} and ${file} are what \`package:portable -- --update\` wrote`,
      'file',
    );
  }
  return facts;
}

/** Puts the province's word to a version of the counter's program. */
export const signUpdateCommand: Command = {
  name: 'sign-update',
  usage: 'sign-update --file ARCHIVE --notes TEXT',
  summary: `Signs an update of the counter's program: ${MANIFEST_END} beside it for a flashdisk, and ready for the line; set-release asks for it.`,
  example:
    'npm run -s province -- sign-update --file dist/loket-opop-0.2.0-linux-x64.update.tar.gz --notes "Tarif 2027."',
  options: ['file', 'notes'],
  run: async (args, print) => {
    const archive = required(args, 'file');
    const notes = required(args, 'notes').slice(0, 500);
    const facts = await readFacts(archive);
    const signed = await withProvince(args, ({ context }) => signUpdate(context, archive, { facts, notes }));
    if (!signed.ok)
      throw new CliRefusal(signed.error, `${archive} is not the archive that is described beside it`, 'file');
    print({ manifest: `${archive}${MANIFEST_END}`, ...facts });
    return 0;
  },
};
