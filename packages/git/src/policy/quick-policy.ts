import {
  defaultBranchRefs,
  POLICY_FILES,
  POLICY_LIMIT,
  remoteRefs,
  UPSTREAM_REMOTE,
  USUAL_REMOTE,
} from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { gitSync } from "../process/git.ts";
import { BatchParser, type StoredObject } from "../repository/batch-parser.ts";

/** A policy file as it stands on the remote's default branch, not parsed yet. */
export interface PolicyText {
  /** How it was named: `refs/remotes/origin/HEAD:countersign.config.yaml`. */
  readonly source: string;
  readonly bytes: Uint8Array;
}

/**
 * Looks for the policy where nearly every clone has it, with one git and one turn: the commit hooks run all the time.
 * Advice alone may rest on it; a push asks `findDestination`, as does anyone who gets undefined here, which says that this
 * clone is of another kind.
 */
export async function quickPolicy(context: GitContext): Promise<PolicyText | "none" | undefined> {
  const { noted, guessed } = defaultBranchRefs(remoteRefs(USUAL_REMOTE));
  const elsewhere = defaultBranchRefs(remoteRefs(UPSTREAM_REMOTE));
  const commits = [noted, ...guessed, elsewhere.noted, ...elsewhere.guessed].map(commitOf);
  const files = [noted, ...guessed].flatMap((branch) => POLICY_FILES.map((file) => `${branch}:${file}`));
  const answers = ask(context, [...commits, ...files]);
  const has = (branch: string): boolean => answers.get(commitOf(branch)) !== undefined;
  if ([elsewhere.noted, ...elsewhere.guessed].some(has)) return undefined;
  // Only what is noted says that there is no policy: of guesses there may be several, or a better one.
  const [branch, another] = has(noted) ? [noted] : guessed.filter(has);
  if (branch === undefined || another !== undefined) return undefined;
  const found = POLICY_FILES.flatMap((name) => {
    const source = `${branch}:${name}`;
    const object = answers.get(source);
    return object ? [{ source, object }] : [];
  });
  const [file, second] = found;
  if (!file) return branch === noted ? "none" : undefined;
  if (second || file.object.type !== "blob" || file.object.size > POLICY_LIMIT) return undefined;
  return { source: file.source, bytes: file.object.bytes };
}

function commitOf(branch: string): string {
  return `${branch}^{commit}`;
}

function ask(context: GitContext, questions: readonly string[]): ReadonlyMap<string, StoredObject | undefined> {
  const input = questions.map((question) => `${question}\n`).join("");
  const { output } = gitSync(context, ["cat-file", "--batch", "--buffer"], { input });
  const objects = [...new BatchParser(() => POLICY_LIMIT).parse(output)];
  return new Map(questions.map((question, index) => [question, objects[index]]));
}
