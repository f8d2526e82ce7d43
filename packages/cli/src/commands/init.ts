import { CountersignError } from "@countersign/core";
import type { GitRepository } from "@countersign/git";
import { readInstalledHook, withRepository } from "@countersign/git/internal";
import { escapeLine } from "@countersign/report";
import {
  askChoices,
  type Choices,
  carryOut,
  type Defaults,
  Draft,
  type Entry,
  findDefaults,
  formatNotes,
  formatPlan,
  type InitOptions,
  managerNamed,
  planAgents,
  planCi,
  planPolicy,
  readJournal,
  type Site,
  surveySite,
  takeBack,
  writeJournal,
} from "@countersign/setup";
import { confirmPlan, requirePerson } from "../consent.ts";
import { type CommandContext, type ExitCode, printLines, printStopped } from "../context.ts";
import { VERSION } from "../version.ts";

/** Sets a repository up: a first policy, and hooks that the manager in use runs. 0 done or nothing to do, 1 not wanted. */
export function init(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const site = await surveySite(repository, context.cwd, context.env);
    const defaults = await findDefaults(site, context.cwd, options);
    const choices = options.yes || options.dryRun ? defaults : await askChoices(context, site, defaults, options);
    if (choices === undefined) {
      await printStopped(context);
      return 1;
    }
    const draft = await planAll(site, choices, defaults);
    const { paint, stdout } = context;
    if (draft.steps().length === 0) {
      // Agents that were asked for and not found are the one thing that nobody would expect.
      const notes = choices.agents?.length === 0 ? formatNotes(draft) : [];
      await printLines(stdout, [`countersign: everything is in place (${choices.manager})`, ...notes]);
      return 0;
    }
    await printLines(stdout, formatPlan(draft, choices, site.policyFile === undefined, paint));
    if (options.dryRun) return 0;
    if (!(await confirmPlan(context, options, "Do this?"))) return 1;
    await carryOutWhole(site, draft);
    await printLines(stdout, ["", `countersign: ${paint.good("set up")}`, ...nextSteps(draft, choices)]);
    return 0;
  });
}

async function planAll(site: Site, choices: Choices, { baseline }: Defaults): Promise<Draft> {
  const draft = new Draft(site);
  await planPolicy(site, choices, baseline, draft);
  managerNamed(choices.manager).plan(site, draft);
  planCi(choices.ci, VERSION, draft);
  await planAgents(site, choices.agents, draft);
  return draft;
}

/** Either all of it is done and noted for `uninstall`, or nothing is left of it. */
async function carryOutWhole(site: Site, draft: Draft): Promise<void> {
  const place = { ...site, context: site.repository.context };
  const former = readJournal(site.commonDir);
  const entries: Entry[] = [];
  try {
    await carryOut(place, draft.steps(), (entry) => {
      entries.push(entry);
      writeJournal(site.commonDir, [...former, { root: site.root, entries }]);
    });
    await requireHook(site.repository, draft);
  } catch (error) {
    await takeBack(place, entries);
    writeJournal(site.commonDir, former);
    throw error;
  }
}

/** The point of it all: git must find a hook for pushes now, unless it was said that a program is still missing. */
async function requireHook({ context }: GitRepository, draft: Draft): Promise<void> {
  const hook = await readInstalledHook(context, "pre-push");
  if (hook !== "" || draft.missing.length > 0) return;
  const said = "git finds no hook pre-push (is HUSKY=0 set?)";
  throw new CountersignError("MANAGER_FAILED", { command: "countersign init", end: "no hook in place", said });
}

/** What is left to a person: nothing of it is in force before it is on the default branch. */
function nextSteps(draft: Draft, { branch, mode }: Choices): readonly string[] {
  const written = draft.steps().flatMap((step) => (step.kind === "write" ? [draft.show(step.path)] : []));
  const shared = written.filter((path) => !/^(?:\.git\/|\.\.)/.test(path));
  if (shared.length === 0) return [];
  const fate = mode === "warn" ? "told of" : "refused";
  return [
    "next: review what was written, commit it and push it:",
    `  git add ${shared.map(quote).join(" ")}`,
    '  git commit -m "Adopt countersign"',
    `  from then on AI-assisted commits without a co-sign are ${fate} on ${escapeLine(branch)};`,
    "  a check that nobody can skip needs a hook on the server, or CI",
  ];
}

function quote(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : escapeLine(`'${path.replaceAll("'", "'\\''")}'`);
}
