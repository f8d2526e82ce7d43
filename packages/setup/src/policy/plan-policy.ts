import { join } from "node:path";
import { parsePolicyFile } from "@countersign/core";
import { encodeText } from "@countersign/core/internal";
import { isFile } from "../files/file-state.ts";
import type { Plan } from "../files/plan.ts";
import type { Choices } from "../init/choices.ts";
import type { Surroundings } from "../surroundings.ts";
import { policyText } from "./policy-text.ts";

/** The file of a first policy. */
export const POLICY_FILE = "countersign.config.yaml";

/** Plans the first policy. One that is there stays as it is: it may be in force. @throws `POLICY_MALFORMED`. */
export async function planPolicy(
  surroundings: Surroundings,
  choices: Choices,
  baseline: string | undefined,
  plan: Plan,
): Promise<void> {
  if (surroundings.policyFile !== undefined) {
    plan.notes.push(`${surroundings.policyFile} is there and stays as it is`);
    return;
  }
  const text = policyText({ ...choices, baseline, schema: schemaPath(surroundings) });
  // What options and answers say is held to the same rules as a file that someone wrote.
  await parsePolicyFile(encodeText(text), "the policy that you chose");
  plan.create(POLICY_FILE, "the policy: who must co-sign what; edit it before you commit it", text);
  noteSeniors(choices, plan);
}

function schemaPath({ root, project }: Surroundings): string | undefined {
  const path = join(project?.folder ?? "", "node_modules", "countersign", "dist", "policy.schema.json");
  return isFile(join(root, path)) ? `./${path.replaceAll("\\", "/")}` : undefined;
}

function noteSeniors({ seniors, proof }: Choices, plan: Plan): void {
  if (seniors.length === 0) {
    plan.notes.push("nobody is on the roster, so nobody can co-sign: name people with --senior, or in the file");
  }
  if (seniors.length === 1) {
    plan.notes.push(
      "with one senior, nobody can co-sign that senior's own work with an agent, nor that senior's changes of the policy: add a second one before you push",
    );
  }
  if (proof === "declared") {
    const reason = seniors.some(({ keys }) => keys.length > 0) ? "" : "no key is known here, so the ";
    plan.notes.push(
      `${reason}proof is declared: anyone, an agent too, can type a co-sign; have seniors send what \`countersign keys --mine\` prints, add it with \`countersign people add\`, and set proof: signed`,
    );
    return;
  }
  if (proof === "reviewed") {
    plan.notes.push(
      "proof is reviewed, and no login is in the policy yet: give each senior their login on the forge, such as `github: LOGIN`, and put the gate's key under witnesses",
    );
    return;
  }
  for (const { name } of seniors.filter(({ keys }) => keys.length === 0)) {
    plan.notes.push(
      `${name} has no key on the roster yet and cannot co-sign: \`countersign keys --mine\` prints it there, \`countersign people add\` adds it here`,
    );
  }
}
