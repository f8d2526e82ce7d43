import {
  type Decision,
  type Destination,
  describeRequirement,
  type PolicyInForce,
  type Repository,
} from "@countersign/core";
import {
  branchName,
  findBranchNeeds,
  findDroppedCosigns,
  findPersonByEmail,
  isDeleted,
  isLedger,
  type Person,
} from "@countersign/core/internal";
import { describeUnpushedLedger } from "./ledger-notice.ts";

/** A push that is allowed, and what it is judged by. */
export interface AllowedPush {
  readonly decision: Decision;
  readonly destination: Destination;
  readonly policy: PolicyInForce;
  /** The remote's name; undefined if the push names an address. */
  readonly remote: string | undefined;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Nobody works on more branches at once; of a push of many nothing is foretold. */
const MOST_BRANCHES = 5;
const MOST_NAMES = 3;

/**
 * Says of branches that nothing protects what their commits will need before they can land, and which co-signs a force push
 * drops there. What cannot be found out is not said: nothing of it stops a push.
 */
export async function findEarlyWords(repository: Repository, push: AllowedPush): Promise<readonly string[]> {
  const { decision, destination, policy, remote } = push;
  const updates = decision.updates
    .filter(({ branch, update }) => branch === undefined && !isDeleted(update))
    .map(({ update }) => ({ update, branch: branchName(update.ref) }))
    .filter(({ branch }) => branch !== undefined && !isLedger(policy.policy, branch));
  if (updates.length > MOST_BRANCHES) return [];
  const landed = destination.branches.get(destination.defaultBranch ?? "");
  const words: string[] = [];
  let lacking = false;
  for (const { update, branch = "" } of updates) {
    for (const [email, commits] of await findDroppedCosigns(repository, update, landed ? [landed] : [])) {
      const name = findPersonByEmail(policy.policy, email)?.name ?? email;
      words.push(
        `this force push would drop ${name}'s ${describeDrop(commits)} from ${branch}; they would have to sign again`,
      );
    }
    const needs = await findBranchNeeds(repository, push, update.new);
    if (needs.length === 0) continue;
    const what = needs.map(({ requirement, commits, able }) => {
      const have = commits === 1 ? "1 commit needs" : `${commits} commits need`;
      return `${have} ${describeRequirement(requirement)} (${listNames(able)})`;
    });
    words.push(`before ${branch} can land on ${destination.defaultBranch}, ${what.join(", and ")}`);
    lacking = true;
  }
  if (!lacking || remote === undefined) return words;
  const pushed = decision.updates.map(({ update }) => update);
  const ledger = { policy: policy.policy, updates: pushed, destination, remote };
  return [...words, ...(await describeUnpushedLedger(repository, ledger))];
}

function describeDrop(commits: number): string {
  return commits === 1 ? "co-sign of 1 commit" : `co-signs of ${commits} commits`;
}

function listNames(people: readonly Person[]): string {
  if (people.length === 0) return "which nobody on the roster can give";
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = people.length - names.length;
  return `${names.join(", ")}${more === 0 ? "" : ` or ${more} more`}`;
}
