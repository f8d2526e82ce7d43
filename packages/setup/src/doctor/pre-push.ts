import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isCountersignError, type ObjectFormat } from "@countersign/core";
import { type GitContext, type HookSite, withPrivateFolder } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import type { Probe, ProbePush } from "../probe/probe.ts";
import { createProbe, isRedirected, pushProbe } from "../probe/probe.ts";
import { type Finding, fine, problem } from "./finding.ts";
import { inspectHook } from "./inspect-hook.ts";
import { isProven, LIMIT_MS, proveHook } from "./prove-hook.ts";

/** What the hooks of a clone are tried with. */
export interface CloneTrial {
  readonly context: GitContext;
  readonly site: HookSite;
  readonly format: ObjectFormat;
  /** The person's own environment: hooks may depend on all of it. */
  readonly env: NodeJS.ProcessEnv;
  readonly gitVersion: string;
  readonly signal: AbortSignal;
}

const HOOK = "pre-push";
const BRANCHES = ["main", "release/probe"] as const;

/** Pushes from the real repository past its real hook, to a scratch repository in the temporary folder. */
export async function checkPrePush(trial: CloneTrial): Promise<readonly Finding[]> {
  const inspection = inspectHook(trial.site, HOOK, trial);
  const findings = await withProbe(trial, (probe) =>
    proveHook({
      hook: HOOK,
      inspection,
      probe,
      push: (updates) => pushFrom(trial, probe, updates, trial.env),
    }),
  );
  const { doubledBy: name } = inspection;
  const path = escapeText(join(trial.site.hooksDir, HOOK));
  return name === undefined ? findings : [...findings, problem("HOOK_TWICE", { name, path })];
}

/** Graphical clients are not started by a shell: what its start-up files add to the PATH is missing in their hooks. */
export async function checkGraphicalPath(
  trial: CloneTrial,
  node: string,
  least: string = "/usr/bin:/bin",
): Promise<readonly Finding[]> {
  if (process.platform === "win32") return [];
  if (least.split(delimiter).some((folder) => existsSync(join(folder, "node")))) {
    return [fine(`graphical git clients find node as well, with no more PATH than ${least}`)];
  }
  const found = (how: string): Finding => problem("NODE_HIDDEN", { path: least, node: escapeText(node), how });
  try {
    return await withProbe(trial, async (probe) => {
      const push = await pushFrom(trial, probe, probe.assisted, { ...trial.env, PATH: least });
      if (isProven({ probe }, push)) {
        return [fine(`the hook finds node by itself, with no more PATH than ${least} as in graphical git clients`)];
      }
      return [found(push.status === 0 ? "the hook lets pushes through unjudged" : "the hook refuses every push")];
    });
  } catch (error) {
    if (!isCountersignError(error) || error.code !== "GIT_NOT_STARTED") throw error;
    return [found("node is not found, nor is git")];
  }
}

function withProbe(
  { context, format, env }: CloneTrial,
  use: (probe: Probe) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  return withPrivateFolder(async (folder) => {
    if (await isRedirected(context, folder)) return [problem("PROBE_REDIRECTED", { folder: escapeText(folder) })];
    return use(await createProbe(folder, { format, env, branches: BRANCHES }));
  });
}

function pushFrom(
  { site, signal }: CloneTrial,
  probe: Probe,
  updates: Probe["assisted"],
  env: NodeJS.ProcessEnv,
): Promise<ProbePush> {
  return pushProbe(probe, updates, { cwd: site.root, env }, { limit: LIMIT_MS, signal });
}
