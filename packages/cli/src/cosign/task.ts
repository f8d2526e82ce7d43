import {
  CountersignError,
  type ObjectId,
  type Policy,
  parseCommit,
  type Repository,
  type UpdateVerdict,
} from "@countersign/core";
import { findPersonByEmail, type Person, type PolicyChoice, type Proof, readWorkOf } from "@countersign/core/internal";
import { type GitRepository, readSigner, type Signer } from "@countersign/git/internal";
import { currentTime } from "../context.ts";
import { findUrgent, withReview } from "./emergency.ts";
import { judgeBranch } from "./judge-branch.ts";
import { findServed } from "./obstacle.ts";
import { chooseKey, isHardware, type SignersKey } from "./signers-key.ts";
import type { OpenCommit } from "./wanted-commit.ts";

/** The work that is to be co-signed, and for what. */
export interface TaskQuestion {
  readonly choice: PolicyChoice;
  readonly tip: ObjectId;
  readonly from: ObjectId | undefined;
  /** The commits that are asked for; undefined if all are. */
  readonly only?: ReadonlySet<ObjectId> | undefined;
  /** Why it cannot wait for its review, where it is to be signed for that. */
  readonly emergency?: string | undefined;
}

/** Which key will do. */
export interface KeyDemand {
  /** The file that was named by --key. */
  readonly named: string | undefined;
  /** Whether the carrier takes nothing but signatures. */
  readonly mustSign: boolean;
}

/** A commit that needs co-signs of which this person gives none. */
export interface LeftOut {
  readonly verdict: UpdateVerdict["judged"][number];
  readonly reason: string;
  readonly given: boolean;
}

/** What a person can co-sign, whichever carrier it goes into. */
export interface Task {
  readonly choice: PolicyChoice;
  readonly verdict: UpdateVerdict;
  readonly signer: Signer;
  readonly person: Person;
  /** Undefined before it is chosen, where the co-sign is declared alone, and where there is nothing to sign. */
  readonly key: SignersKey | undefined;
  readonly wanted: readonly OpenCommit[];
  readonly leftOut: readonly LeftOut[];
}

/** Finds out what there is to co-sign for a branch, by whichever key. @throws `SIGNER_UNKNOWN`, `SIGNER_UNNAMED`. */
export async function findTask(
  repository: GitRepository,
  { choice, tip, from, only, emergency }: TaskQuestion,
): Promise<Task> {
  const verdict = await judgeBranch(repository, choice, { from }, tip);
  const { signer, person } = await findSigner(repository, choice);
  const { open, leftOut } = await findOpen(repository, choice.policy.policy, person, onlyOf(only, verdict), emergency);
  return { choice, verdict, signer, person, key: undefined, wanted: open, leftOut };
}

/** What was judged of the commits that are asked for. */
export function onlyOf(
  only: ReadonlySet<ObjectId> | undefined,
  { judged }: Pick<UpdateVerdict, "judged">,
): Pick<UpdateVerdict, "judged"> {
  return { judged: only ? judged.filter(({ commit }) => only.has(commit)) : judged };
}

/** The one key for all that some tasks of a person require. @throws what a key can be wrong by. */
export async function findTaskKey(
  repository: GitRepository,
  tasks: readonly Task[],
  { named, mustSign }: KeyDemand,
): Promise<SignersKey | undefined> {
  const [task] = tasks;
  const wanted = tasks.flatMap((one) => one.wanted);
  if (!task || wanted.length === 0) return undefined;
  const declaredIsEnough = !mustSign && proofsOf(wanted).every((proof) => proof === "declared");
  return chooseTaskKey(repository, { ...task, wanted, declaredIsEnough }, named);
}

/** The part of a task that a key can serve; without a key, what only has to be declared. */
export function withKey(task: Task, key: SignersKey | undefined): Task {
  const leftOut = [...task.leftOut];
  const wanted = task.wanted.flatMap((item) => {
    const served = item.served.filter(
      ({ requirement: { proof } }) => proof === "declared" || (key && (proof !== "hardware" || isHardware(key))),
    );
    if (served.length > 0) return [{ ...item, served }];
    leftOut.push({ verdict: item.verdict, given: false, reason: "it needs a security key that asks for a touch" });
    return [];
  });
  return { ...task, key, wanted, leftOut };
}

/** The key for what there is to co-sign. @throws what a key can be wrong by. */
export function chooseTaskKey(
  { context }: GitRepository,
  task: Pick<Task, "choice" | "signer" | "person" | "wanted"> & { readonly declaredIsEnough?: boolean },
  named: string | undefined,
): Promise<SignersKey | undefined> {
  const { choice, signer, person, wanted, declaredIsEnough = false } = task;
  const touchWanted = proofsOf(wanted).includes("hardware");
  const { policy } = choice.policy;
  const now = currentTime();
  return chooseKey(context, { policy, person, email: signer.email, named, declaredIsEnough, touchWanted, now });
}

function proofsOf(wanted: readonly OpenCommit[]): readonly Proof[] {
  return wanted.flatMap(({ served }) => served.map(({ requirement: { proof } }) => proof));
}

/** What waits for co-signs of a person, and what of it this person cannot help. */
export async function findOpen(
  repository: Pick<Repository, "commit">,
  policy: Policy,
  person: Person,
  { judged }: Pick<UpdateVerdict, "judged">,
  emergency?: string,
): Promise<{ readonly open: readonly OpenCommit[]; readonly leftOut: readonly LeftOut[] }> {
  const open: OpenCommit[] = [];
  const leftOut: LeftOut[] = [];
  for (const found of judged) {
    const verdict = emergency === undefined ? withReview(found) : found;
    if (verdict.violations.length === 0) continue;
    const commit = parseCommit(await repository.commit(verdict.commit));
    const served =
      emergency === undefined
        ? findServed(policy, person, readWorkOf(policy, commit), verdict)
        : findUrgent(policy, person, commit, verdict, emergency);
    if ("reason" in served) leftOut.push({ verdict, ...served });
    else open.push({ commit, verdict, served, ...(emergency !== undefined && { emergency }) });
  }
  return { open, leftOut };
}

/** Who signs. @throws `SIGNER_UNKNOWN`, `SIGNER_UNNAMED`. */
export async function findSigner(
  repository: GitRepository,
  { policy }: Pick<PolicyChoice, "policy">,
): Promise<Pick<Task, "signer" | "person">> {
  const signer = await readSigner(repository.context);
  const person = findPersonByEmail(policy.policy, signer.email);
  if (!person) {
    const { ref, entry } = policy;
    throw new CountersignError("SIGNER_UNKNOWN", { email: signer.email, policy: `${ref}:${entry.path}` });
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd<>]/u.test(signer.name) || signer.name === "") {
    throw new CountersignError("SIGNER_UNNAMED", { said: "its user.name holds characters that no co-sign can have" });
  }
  return { signer, person };
}
