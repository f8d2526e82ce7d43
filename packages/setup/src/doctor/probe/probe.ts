import { join } from "node:path";
import type { ObjectFormat, ObjectId } from "@countersign/core";
import { branchRef, closeAfter } from "@countersign/core/internal";
import {
  type AttemptOptions,
  type GitAttempt,
  type GitContext,
  GitRepository,
  git,
  listSettings,
  openContext,
  spawnGit,
  tryGit,
  withoutRepository,
} from "@countersign/git/internal";
import { ASSISTED, INNOCENT, type ProbeBranches, probeHistory } from "./probe-commits.ts";

/** One ref of a probe push and the commit that it is to become. */
export interface ProbeUpdate {
  readonly ref: string;
  readonly oid: ObjectId;
}

/** Two bare repositories, made to be thrown away. */
export interface Probe {
  /** Has every commit of the probe. */
  readonly source: GitContext;
  /** Has two branches with a policy that protects both, and nothing else: what a probe push goes to. */
  readonly destination: GitContext;
  /** Must be refused: an agent took part in each of these commits, and nobody co-signed. */
  readonly assisted: readonly ProbeUpdate[];
  /** Must pass. */
  readonly innocent: readonly ProbeUpdate[];
}

export interface ProbeOptions {
  readonly format: ObjectFormat;
  readonly env: NodeJS.ProcessEnv;
  /** The first one is the destination's default branch. */
  readonly branches: ProbeBranches;
}

/** Makes a probe in an empty folder. Nothing outside of it is read or written. */
export async function createProbe(folder: string, { format, env, branches }: ProbeOptions): Promise<Probe> {
  const init = (name: string): Promise<GitContext> => initBare(folder, name, format, branches[0], env);
  const [source, destination] = [await init("source.git"), await init("destination.git")];
  const history = probeHistory(branches);
  // The same bytes have the same ids in both, and nothing that a person configured for pushes matters yet.
  for (const context of [source, destination]) await importHistory(context, history.base);
  await importHistory(source, history.pushed);
  const tips = await closeAfter(new GitRepository(source, format), (repository) => repository.refs("refs"));
  const find = (name: string): ObjectId => {
    const tip = tips.find((ref) => ref.name === name);
    if (!tip) throw new Error(`the probe lacks ${name}`);
    return tip.oid;
  };
  const updates = (prefix: string): readonly ProbeUpdate[] =>
    branches.map((branch) => ({ ref: branchRef(branch), oid: find(prefix + branch) }));
  return {
    source,
    destination,
    assisted: updates(ASSISTED),
    innocent: updates(INNOCENT),
  };
}

async function importHistory(context: GitContext, history: string): Promise<void> {
  const importer = spawnGit(context, ["fast-import", "--quiet"]);
  importer.stdout.resume();
  importer.stdin.end(history);
  await importer.ended;
}

/** Without the hooks that a template or a global `core.hooksPath` would bring along. */
async function initBare(
  folder: string,
  name: string,
  format: ObjectFormat,
  branch: string,
  env: NodeJS.ProcessEnv,
): Promise<GitContext> {
  const path = join(folder, name);
  const clean = withoutRepository(env);
  const init = ["init", "--quiet", "--bare", "--template=", `--object-format=${format}`, `--initial-branch=${branch}`];
  await git(openContext(folder, clean), [...init, "--", path]);
  const context = openContext(path, { ...clean, GIT_DIR: path });
  const settings = { "core.hooksPath": "/dev/null", "receive.advertisePushOptions": "true", "gc.auto": "0" };
  for (const [name, value] of Object.entries(settings)) await git(context, ["config", name, value]);
  return context;
}

/** How a probe push ended. */
export interface ProbePush extends GitAttempt {
  /** Whether a branch of the destination is another than before. */
  readonly moved: boolean;
}

/** Pushes to the destination as a person pushes, from the repository that `from` names. */
export async function pushProbe(
  { source, destination }: Probe,
  updates: readonly ProbeUpdate[],
  from: GitContext,
  options: AttemptOptions,
): Promise<ProbePush> {
  const before = await readHeads(destination);
  // What a person may have configured: signed pushes, submodules that are pushed to their own remotes, tags on the way.
  const flags = ["--no-signed", "--recurse-submodules=no", "--no-follow-tags", "--no-progress"];
  const specs = updates.map(({ ref, oid }) => `${oid}:${ref}`);
  const env = { ...from.env, GIT_ALTERNATE_OBJECT_DIRECTORIES: withObjectsOf(source, from.env) };
  const attempt = await tryGit({ ...from, env }, ["push", ...flags, "--", destination.cwd, ...specs], options);
  return { ...attempt, moved: (await readHeads(destination)) !== before };
}

/** The probe's commits are read where they are: the repository that is looked at gets none of them. */
function withObjectsOf(source: GitContext, env: NodeJS.ProcessEnv): string {
  const separator = process.platform === "win32" ? ";" : ":";
  // Quoted as git reads it, since a folder's name may hold the separator.
  const quoted = `"${join(source.cwd, "objects").replace(/["\\]/g, "\\$&")}"`;
  return [quoted, env["GIT_ALTERNATE_OBJECT_DIRECTORIES"] ?? ""].filter((part) => part !== "").join(separator);
}

async function readHeads(context: GitContext): Promise<string> {
  return (await git(context, ["for-each-ref", "refs/heads"])).output;
}

/** Whether git would push to another place than this path: a setting can rewrite any address. */
export async function isRedirected(context: GitContext, path: string): Promise<boolean> {
  const addresses = await listSettings(context, "^url\\..*\\.(insteadof|pushinsteadof)$");
  return addresses.some(([, start]) => start !== undefined && path.startsWith(start));
}
