import { type Mode, PROOFS, type Proof } from "@countersign/core/internal";
import { wrapText } from "@countersign/report";
import { chooseUsed } from "../agents/choose-agents.ts";
import type { Installer } from "../agents/installers/installer.ts";
import { installers } from "../agents/installers/installers.ts";
import { findPrograms } from "../agents/project.ts";
import { MANAGER_NAMES, type ManagerName } from "../managers/manager.ts";
import { findUsedManagers } from "../managers/managers.ts";
import type { Surroundings } from "../surroundings.ts";
import { askSeniors } from "./ask-seniors.ts";
import { type Choices, CI_NAMES, type CiName, type InitOptions } from "./choices.ts";
import { chooseLedger, type Defaults, defaultProof } from "./defaults.ts";
import type { Foresight } from "./foresee.ts";
import { formatForesight } from "./init-plan-text.ts";
import { Cancelled, type Option, openPrompts, type Prompts, type QuestionContext } from "./prompts.ts";

/** Says what a policy would have done; undefined if that is not known. */
type Foresee = (choices: Choices) => Promise<Foresight | undefined>;

/** Asks what the options leave open. Undefined if the person stops. */
export async function askChoices(
  context: QuestionContext,
  surroundings: Surroundings,
  defaults: Defaults,
  { options, foresee }: { readonly options: InitOptions; readonly foresee: Foresee },
): Promise<Choices | undefined> {
  const prompts = await openPrompts(context);
  const asking: Asking = { prompts, context, surroundings, defaults, options, foresee };
  try {
    const manager = options.manager ?? (await askManager(asking));
    const policy = surroundings.policyFile === undefined ? await askPolicy(asking) : {};
    const ci = options.ci ?? (await askCi(prompts));
    const agents = options.agents === undefined ? await askAgents(asking) : defaults.agents;
    return { ...defaults, ...policy, manager, ci, agents };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return undefined;
  }
}

interface Asking {
  readonly prompts: Prompts;
  readonly context: QuestionContext;
  readonly surroundings: Surroundings;
  readonly defaults: Defaults;
  readonly options: InitOptions;
  readonly foresee: Foresee;
}

async function askManager({ prompts, surroundings, defaults }: Asking): Promise<ManagerName> {
  const used = findUsedManagers(surroundings).map(({ name }) => name);
  const names = MANAGER_NAMES.map((value) => ({ value, hint: used.includes(value) ? "in use here" : "" }));
  return prompts.choose("Which hook manager?", defaults.manager, names);
}

/** Asks what the first policy is to say, and shows what it would have done before it is asked whether it is to stop anyone. */
async function askPolicy(asking: Asking): Promise<Partial<Choices>> {
  const { prompts, context, surroundings, defaults, options } = asking;
  const branch = options.branch ?? (await prompts.type("Which branch should be protected?", defaults.branch, notEmpty));
  const ledger =
    options.ledger === undefined
      ? chooseLedger(options, (await askMerging(asking)) === "forge")
      : chooseLedger(options, false);
  const seniors =
    options.senior === undefined
      ? await askSeniors(prompts, surroundings, defaults, { cwd: context.cwd, options })
      : defaults.seniors;
  const proof =
    options.proof ?? (await prompts.choose("How is a co-sign proven?", defaultProof(seniors), PROOF_OPTIONS));
  const choices = { branch, ledger, seniors, proof };
  if (options.mode !== undefined) return { ...choices, mode: options.mode };
  const foresight = await asking.foresee({ ...defaults, ...choices });
  if (foresight) prompts.say(["", ...wrapText("", `By this policy ${formatForesight(foresight)}.`)]);
  return { ...choices, mode: await prompts.choose("What does a broken rule do?", "warn", MODE_OPTIONS) };
}

function askMerging({ prompts, defaults }: Asking): Promise<"forge" | "push"> {
  return prompts.choose("How are branches merged?", defaults.ledger === undefined ? "push" : "forge", [
    { value: "forge", hint: "by a button that squashes, merges or rebases: a ledger keeps the co-signs" },
    { value: "push", hint: "by git, and then pushed: the commits keep the co-signs" },
  ]);
}

async function askCi(prompts: Prompts): Promise<CiName | undefined> {
  const answer = await prompts.choose<CiName | "none">("Add a check in CI as well?", "none", [
    { value: "none", hint: "only hooks, which anyone can skip" },
    ...CI_NAMES.map((value) => ({ value })),
  ]);
  return answer === "none" ? undefined : answer;
}

async function askAgents({ prompts, context, surroundings }: Asking): Promise<readonly Installer[] | undefined> {
  const used = chooseUsed(surroundings.root);
  const hintFor = (agent: Installer): string => {
    if (used.includes(agent)) return "in use here";
    return findPrograms(agent.signs, context.env).length > 0 ? "on this machine" : "";
  };
  const picked = await prompts.pick(
    "Which agents should mark what they write?",
    used.map(({ id }) => id),
    installers.map((agent) => ({ value: agent.id, label: agent.name, hint: hintFor(agent) })),
  );
  return picked.length === 0 ? undefined : installers.filter(({ id }) => picked.includes(id));
}

const PROOF_HINTS: Readonly<Record<Proof, string>> = {
  declared: "a typed line, which anyone can type",
  reviewed: "an approval on the forge, by a login that the policy names",
  signed: "an SSH signature",
  hardware: "a security key that was touched",
};

const PROOF_OPTIONS = PROOFS.map((value) => ({ value, hint: PROOF_HINTS[value] }));

/** What teams begin with comes first. */
const MODE_OPTIONS: readonly Option<Mode>[] = [
  { value: "warn", hint: "is reported, and the push passes: a good start" },
  { value: "enforce", hint: "stops the push" },
];

function notEmpty(text: string): string | undefined {
  return text.trim() ? undefined : "Type a name.";
}
