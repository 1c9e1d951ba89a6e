import { policySchema } from '../../contract/policy.ts';
import type { Policy } from '../../domain/policy.ts';
import { err, ok, type Result } from '../../domain/result.ts';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `5` is a number, `null` is null, `intake-only` is text. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The same tree with another value at a path; undefined when the path names nothing that is there. */
function withValue(tree: Tree, path: readonly string[], value: unknown): Tree | undefined {
  const [first, ...rest] = path;
  if (first === undefined || !Object.hasOwn(tree, first)) return undefined;
  if (rest.length === 0) return { ...tree, [first]: value };
  const inner = tree[first];
  const changed = isTree(inner) ? withValue(inner, rest, value) : undefined;
  return changed === undefined ? undefined : { ...tree, [first]: changed };
}

/** Applies `key=value` changes; the error is the first path that is unknown or does not fit. The version is not for hand. */
export function changePolicy(policy: Policy, changes: readonly string[]): Result<Policy, string> {
  let tree: Tree = { ...policy };
  for (const change of changes) {
    const [key = '', ...rest] = change.split('=');
    const changed = key === 'version' ? undefined : withValue(tree, key.split('.'), readValue(rest.join('=')));
    if (changed === undefined || rest.length === 0) return err(key);
    tree = changed;
  }
  const parsed = policySchema.safeParse(tree);
  return parsed.success ? ok(parsed.data) : err(parsed.error.issues[0]?.path.join('.') ?? '');
}
