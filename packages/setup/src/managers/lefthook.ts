import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { stringify } from "yaml";
import type { Draft } from "../files/draft.ts";
import { editJson, parseJson } from "../files/edit-json.ts";
import { addToTomlList, parseToml } from "../files/edit-toml.ts";
import { addToYamlList, parseYaml } from "../files/edit-yaml.ts";
import { findProgram, isFile, type Site } from "../init/site.ts";
import { reasonOf } from "./hook-file.ts";
import type { HookName } from "./hook-name.ts";
import { hookScript } from "./hook-script.ts";
import type { Manager } from "./manager.ts";

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
export const lefthook: Manager = {
  name: "lefthook",
  isUsed: (site) => findConfig(site) !== undefined,
  plan(site, draft) {
    const config = findConfig(site) ?? "lefthook.yml";
    const fields = readConfig(config, draft.read(config) ?? "");
    const scripts = typeof fields["source_dir"] === "string" ? fields["source_dir"] : ".lefthook";
    for (const hook of site.hooks) {
      const script = join(scripts, hook, SCRIPT);
      draft.create(script, reasonOf(hook), scriptText(hook, site), { executable: true });
      noteSkipping(fields[hook], config, hook, draft);
    }
    planOwnConfig(site, draft);
    if (!listOf(fields["extends"]).includes(OWN_CONFIG)) {
      draft.edit(config, `extends it by ${OWN_CONFIG}`, (text) => extend(config, text));
    }
    planInstall(site, draft);
  },
};

/** lefthook always gives a script a standard input; whether it is git's is said in its configuration alone. */
const TELL_STDIN = `grep -q "use_stdin: true" ${OWN_CONFIG} && set -- "$@" --stdin-handed-on`;

function scriptText(hook: HookName, { project }: Site): string {
  return hookScript(hook, project?.folder ?? "", hook === "pre-push" ? [TELL_STDIN] : []);
}

function findConfig({ root }: Site): string | undefined {
  return CONFIGS.find((name) => isFile(join(root, name)));
}

function readConfig(config: string, text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  const fields = config.endsWith(".toml")
    ? parseToml(text)
    : config.endsWith(".json")
      ? parseJson(text)
      : parseYaml(text);
  if (typeof fields === "object" && fields !== null) return fields as Readonly<Record<string, unknown>>;
  const wanted = ["extends:", `  - ${OWN_CONFIG}`];
  throw new CountersignError("FILE_UNFIT", { path: config, reason: "it cannot be parsed", wanted });
}

/** What an earlier init wrote for fewer hooks gives way; what somebody changed is theirs. */
function planOwnConfig({ hooks }: Site, draft: Draft): void {
  const reason = "has lefthook run them, and hand on the refs of a push";
  const former = draft.read(OWN_CONFIG);
  const known = hooks.filter((hook) => former?.includes(`${hook}:\n`));
  if (former === undefined) draft.create(OWN_CONFIG, reason, configText(hooks));
  else if (former === configText(known)) draft.edit(OWN_CONFIG, reason, () => configText(hooks));
}

function configText(hooks: readonly HookName[]): string {
  const scripts = (hook: HookName) => ({
    scripts: { [SCRIPT]: { runner: "sh", ...(hook === "pre-push" ? { use_stdin: true } : {}) } },
  });
  const jobs = Object.fromEntries(hooks.map((hook) => [hook, scripts(hook)]));
  return `# Written by \`countersign init\`. Leave use_stdin: without it the hook sees nothing of what is pushed.\n${stringify(jobs)}`;
}

function extend(config: string, text: string): string {
  if (config.endsWith(".toml")) return addToTomlList(config, text, "extends", [OWN_CONFIG]);
  if (!config.endsWith(".json")) return addToYamlList(config, text, "extends", OWN_CONFIG);
  const list = listOf((parseJson(text) as { extends?: unknown }).extends);
  return list.length === 0
    ? editJson(config, text, ["extends"], [OWN_CONFIG])
    : editJson(config, text, ["extends", list.length], OWN_CONFIG);
}

/** What keeps the whole hook from running keeps ours from it too. */
function noteSkipping(hook: unknown, config: string, name: HookName, draft: Draft): void {
  const fields = typeof hook === "object" && hook !== null ? Object.keys(hook) : [];
  for (const field of ["skip", "only"].filter((key) => fields.includes(key))) {
    draft.notes.push(`${config} has ${name}.${field}: where it applies, lefthook runs no hook, this one included`);
  }
}

function planInstall(site: Site, draft: Draft): void {
  if (site.hooks.every((hook) => /lefthook/i.test(draft.read(join(site.hooksDir, hook)) ?? ""))) return;
  const program = findProgram(site, "lefthook");
  if (program === undefined) {
    draft.lack("lefthook", "lefthook install");
    return;
  }
  draft.run({
    reason: "has git run lefthook's hooks",
    program,
    args: ["install"],
    shown: "lefthook install",
    cwd: site.root,
    writes: [site.hooksDir, join(site.commonDir, "info")],
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
