import type { UpdateView } from '../../../contract/update.ts';
import { UPDATE_TEXT } from '../../text/update-text.ts';

/** What a person can take: from a flashdisk first, because it is here; else by the line. */
export function updateChoice({
  canUpdate,
  found,
  offered,
  ready,
}: UpdateView): { file: string | null; label: string } | undefined {
  if (!canUpdate || ready !== null) return undefined;
  const [medium] = found;
  if (medium !== undefined) return { file: medium.file, label: UPDATE_TEXT.install(medium.version) };
  return offered === null ? undefined : { file: null, label: UPDATE_TEXT.fetch(offered.version) };
}

/** What is known of newer versions, in lines. */
export function newsOfUpdate({ canUpdate, found, offered, ready, returned }: UpdateView): readonly string[] {
  const [medium] = found;
  const nothing = offered === null && medium === undefined && ready === null && returned === null;
  return [
    ...(returned === null ? [] : [UPDATE_TEXT.returned(returned)]),
    ...(ready === null ? [] : [UPDATE_TEXT.ready(ready), UPDATE_TEXT.readyHow]),
    ...(offered === null || ready !== null ? [] : [`${UPDATE_TEXT.offered(offered.version)} ${offered.notes}`]),
    ...(medium === undefined || ready !== null ? [] : [UPDATE_TEXT.onMedium(medium.version)]),
    ...(canUpdate ? (nothing ? [UPDATE_TEXT.newest] : []) : [UPDATE_TEXT.byInstaller]),
  ];
}
