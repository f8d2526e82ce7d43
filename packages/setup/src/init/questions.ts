import type { Readable, Writable } from "node:stream";
import { MODES, type Mode, PROOFS, type Proof } from "@countersign/core/internal";
import { escapeLine } from "@countersign/report";
import { chooseUsed } from "../agents/choose-agents.ts";
import type { Installer } from "../agents/installers/installer.ts";
import { installers } from "../agents/installers/installers.ts";
import { findPrograms } from "../agents/project.ts";
import { MANAGER_NAMES, type ManagerName } from "../managers/manager.ts";
import { findUsedManagers } from "../managers/managers.ts";
import type { Senior } from "../people/senior.ts";
import type { Surroundings } from "../surroundings.ts";
import { type Choices, CI_NAMES, type CiName, type InitOptions } from "./choices.ts";
import { type Defaults, defaultProof, withKeys } from "./defaults.ts";

/** More people would not fit on a screen; others are named by --senior or in the file. */
const OFFERED = 15;

/** What a person is asked through, and where the files that they name are found from. */
export interface QuestionContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly openStdin: () => Readable;
  readonly stdout: Writable;
}

/** Asks what the options leave open, with the defaults preselected. Undefined where the person stops. */
export async function askChoices(
  context: QuestionContext,
  surroundings: Surroundings,
  defaults: Defaults,
  options: InitOptions,
): Promise<Choices | undefined> {
  const prompts = await import("@clack/prompts");
  const streams = { input: context.openStdin(), output: context.stdout, withGuide: false };
  const orStop = <T>(answer: T): Exclude<T, symbol> => {
    if (prompts.isCancel(answer)) throw new Cancelled();
    return answer as Exclude<T, symbol>;
  };
  const choose = async <T extends string>(
    message: string,
    given: T | undefined,
    initialValue: T,
    names: readonly (readonly [value: T, hint: string])[],
  ): Promise<T> => {
    if (given !== undefined) return given;
    const choices = names.map(([value, hint]) => ({ value, label: value, hint }));
    return orStop(await prompts.select<string>({ ...streams, message, initialValue, options: choices })) as T;
  };
  const type = async (message: string, given: string | undefined, initialValue: string): Promise<string> =>
    given ?? orStop(await prompts.text({ ...streams, message, initialValue, validate: notEmpty }));

  try {
    const used = findUsedManagers(surroundings).map(({ name }) => name);
    const manager = await choose<ManagerName>(
      "Which hook manager?",
      options.manager,
      defaults.manager,
      MANAGER_NAMES.map((name) => [name, used.includes(name) ? "in use here" : ""]),
    );
    const ask = surroundings.policyFile === undefined;
    const branch = ask
      ? await type("Which branch is to be protected?", options.branch, defaults.branch)
      : defaults.branch;
    const seniors = ask && options.senior === undefined ? await askSeniors() : defaults.seniors;
    const proof = ask
      ? await choose<Proof>(
          "How is a co-sign proven?",
          options.proof,
          defaultProof(seniors),
          PROOFS.map((name) => [name, PROOF_HINTS[name]]),
        )
      : defaults.proof;
    const mode = ask
      ? await choose<Mode>(
          "What does a broken rule do?",
          options.mode,
          defaults.mode,
          MODES.map((name) => [name, MODE_HINTS[name]]),
        )
      : defaults.mode;
    const ci = await choose<CiName | "none">("A check in CI as well?", options.ci, "none", [
      ["none", "hooks alone, which anybody can skip"],
      ...CI_NAMES.map((name) => [name, ""] as const),
    ]);
    const agents = options.agents === undefined ? await askAgents() : defaults.agents;
    return { ...defaults, manager, branch, seniors, proof, mode, ci: ci === "none" ? undefined : ci, agents };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return undefined;
  }

  async function askAgents(): Promise<readonly Installer[] | undefined> {
    const used = chooseUsed(surroundings.root);
    const hintFor = (agent: Installer): string => {
      if (used.includes(agent)) return "in use here";
      return findPrograms(agent.signs, context.env).length > 0 ? "on this machine" : "";
    };
    const picked = orStop(
      await prompts.multiselect<string>({
        ...streams,
        message: "Which agents are to mark what they write?",
        required: false,
        initialValues: used.map(({ id }) => id),
        options: installers.map((agent) => ({ value: agent.id, label: agent.name, hint: hintFor(agent) })),
      }),
    );
    return picked.length === 0 ? undefined : installers.filter(({ id }) => picked.includes(id));
  }

  async function askSeniors(): Promise<readonly Senior[]> {
    if (defaults.candidates.length === 0) return [];
    const offered = defaults.candidates.slice(0, OFFERED);
    const picked = orStop(
      await prompts.multiselect<string>({
        ...streams,
        message: "Who are the senior engineers that may co-sign?",
        required: false,
        initialValues: offered.slice(0, defaults.seniors.length).map(({ email }) => email),
        options: offered.map(({ name, email, commits }) => ({
          value: email,
          label: escapeLine(`${name} <${email}>`),
          hint: commits === 0 ? "you" : `${commits} ${commits === 1 ? "commit" : "commits"} in a year`,
        })),
      }),
    );
    return withKeys(
      surroundings,
      context.cwd,
      offered.filter(({ email }) => picked.includes(email)),
      options.key ?? [],
    );
  }
}

const PROOF_HINTS: Readonly<Record<Proof, string>> = {
  declared: "a typed line, which anyone can type",
  signed: "an SSH signature",
  hardware: "a security key that was touched",
};

const MODE_HINTS: Readonly<Record<Mode, string>> = { enforce: "stops the push", warn: "is told, and the push passes" };

/** The person does not want to go on. */
class Cancelled extends Error {}

function notEmpty(text: string | undefined): string | undefined {
  return text?.trim() ? undefined : "Type a name.";
}
