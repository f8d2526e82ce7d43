import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { editJson } from "../files/edits/edit-json.ts";
import { addToTomlList, parseToml } from "../files/edits/edit-toml.ts";
import { addToYamlList, formatYaml, parseYaml } from "../files/edits/edit-yaml.ts";
import { readJson } from "../files/edits/json-source.ts";
import { isFile } from "../files/file-state.ts";
import type { Plan } from "../files/plan.ts";
import { findInstalled, programPlace, type Surroundings } from "../surroundings.ts";
import { hookScript } from "./git-hook-script.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";
import { findSwitch, type HookRunner, type StdinLoss } from "./manager.ts";

const FOLDERS = ["", ".config/"];
const ENDINGS = [".yml", ".yaml", ".json", ".toml"];
const CONFIGS = FOLDERS.flatMap((folder) =>
  ENDINGS.flatMap((ending) => [`${folder}lefthook${ending}`, `${folder}.lefthook${ending}`]),
);

const SCRIPT = "countersign.sh";
const OWN_CONFIG = ".lefthook/countersign.yml";

/**
 * lefthook. Our part stands in a file of its own that theirs extends; as a script, since lefthook passes the others over
 * where a push changes no file, and gives them git's arguments only pasted into a command line.
 */
export const lefthook: HookRunner = {
  name: "lefthook",
  isUsed: (surroundings) => findConfig(surroundings) !== undefined,
  planInstall(surroundings, plan) {
    const config = findConfig(surroundings) ?? "lefthook.yml";
    const fields = readConfig(config, plan.read(config) ?? "");
    const scripts = typeof fields["source_dir"] === "string" ? fields["source_dir"] : ".lefthook";
    for (const hook of surroundings.hooks) {
      const script = join(scripts, hook, SCRIPT);
      plan.script(script);
      plan.create(script, reasonOf(hook), scriptText(hook, surroundings), { executable: true });
      noteSkipping(fields[hook], config, hook, plan);
    }
    planOwnConfig(surroundings, plan);
    if (!listOf(fields["extends"]).includes(OWN_CONFIG)) {
      plan.edit(config, `extends it by ${OWN_CONFIG}`, (text) => extend(config, text));
    }
    planOwnInstall(surroundings, plan);
  },
  wrote: isFromLefthook,
  configs: CONFIGS,
  command: () => "npx lefthook install",
  switchedOff: (env) => findSwitch(env, "LEFTHOOK", /^(?:0|false)$/),
  stdinFix: "set `use_stdin: true` for it in lefthook's configuration",
  leftOut: /\(skip\) no matching push files/,
};

/** It gives a hook no standard input unless its configuration says so, and sets no variable in every version. */
export const lefthookStdin: StdinLoss = {
  name: "lefthook",
  runs: (env) => Object.keys(env).some((name) => name.startsWith("LEFTHOOK")),
  wrote: isFromLefthook,
};

function isFromLefthook(hook: string): boolean {
  return /lefthook/i.test(hook);
}

/** lefthook always gives a script a standard input; whether it is git's is said in its configuration alone. */
const TELL_STDIN = `grep -q "use_stdin: true" ${OWN_CONFIG} && set -- "$@" --stdin-handed-on`;

function scriptText(hook: HookName, surroundings: Surroundings): string {
  return hookScript(hook, programPlace(surroundings), hook === "pre-push" ? { before: [TELL_STDIN] } : {});
}

function findConfig({ root }: Surroundings): string | undefined {
  return CONFIGS.find((name) => isFile(join(root, name)));
}

function readConfig(config: string, text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  const fields = config.endsWith(".toml")
    ? parseToml(text)
    : config.endsWith(".json")
      ? readJson(text)
      : parseYaml(text);
  if (typeof fields === "object" && fields !== null) return fields as Readonly<Record<string, unknown>>;
  const wanted = ["extends:", `  - ${OWN_CONFIG}`];
  throw new CountersignError("FILE_UNFIT", { path: config, reason: "it cannot be parsed", wanted });
}

/** What an earlier init wrote for fewer hooks gives way; what someone changed is theirs. */
function planOwnConfig({ hooks }: Surroundings, plan: Plan): void {
  const reason = "has lefthook run them, and hand on the refs of a push";
  const former = plan.read(OWN_CONFIG);
  const known = hooks.filter((hook) => former?.includes(`${hook}:\n`));
  if (former === undefined) plan.create(OWN_CONFIG, reason, configText(hooks));
  else if (former === configText(known)) plan.edit(OWN_CONFIG, reason, () => configText(hooks));
}

function configText(hooks: readonly HookName[]): string {
  const scripts = (hook: HookName) => ({
    scripts: { [SCRIPT]: { runner: "sh", ...(hook === "pre-push" ? { use_stdin: true } : {}) } },
  });
  const jobs = Object.fromEntries(hooks.map((hook) => [hook, scripts(hook)]));
  return `# Written by \`countersign init\`. Leave use_stdin: without it the hook sees nothing of what is pushed.\n${formatYaml(jobs)}`;
}

function extend(config: string, text: string): string {
  if (config.endsWith(".toml")) return addToTomlList(config, text, "extends", [OWN_CONFIG]);
  if (!config.endsWith(".json")) return addToYamlList(config, text, "extends", OWN_CONFIG);
  const list = listOf((readJson(text) as { extends?: unknown }).extends);
  return list.length === 0
    ? editJson(config, text, ["extends"], [OWN_CONFIG])
    : editJson(config, text, ["extends", list.length], OWN_CONFIG);
}

/** What keeps the whole hook from running keeps ours from it too. */
function noteSkipping(hook: unknown, config: string, name: HookName, plan: Plan): void {
  const fields = typeof hook === "object" && hook !== null ? Object.keys(hook) : [];
  for (const field of ["skip", "only"].filter((key) => fields.includes(key))) {
    plan.notes.push(`${config} has ${name}.${field}: where it applies, lefthook runs no hook, this one included`);
  }
}

function planOwnInstall(surroundings: Surroundings, plan: Plan): void {
  if (surroundings.hooks.every((hook) => isFromLefthook(plan.read(join(surroundings.hooksDir, hook)) ?? ""))) return;
  const program = findInstalled(surroundings, "lefthook");
  if (program === undefined) {
    plan.lack("lefthook", "lefthook install");
    return;
  }
  plan.run({
    reason: "has git run lefthook's hooks",
    program,
    args: ["install"],
    shown: "lefthook install",
    cwd: surroundings.root,
    writes: [surroundings.hooksDir, join(surroundings.commonDir, "info")],
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
