import { isCountersignError, type ObjectId, type Policy } from "@countersign/core";
import { branchName, findDestination } from "@countersign/core/internal";
import {
  askLedger,
  countNewRecords,
  type GitRepository,
  isReached,
  isTracked,
  readLocalLedger,
  saidByGit,
} from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type CheckResult, fine, found, problem } from "../check-result.ts";

/** A ledger where work lands. */
interface LandingLedger {
  readonly ref: string;
  readonly ledger: string;
  readonly remote: string;
}

/** Whether the ledger that the policy names is here, as new as the remote's, and has nothing that the remote lacks. */
export async function checkLedger(repository: GitRepository, policy: Policy): Promise<readonly CheckResult[]> {
  const { ledger: ref } = policy;
  const { destination, remote } = await findDestination(repository);
  const ledger = ref === undefined ? undefined : branchName(ref);
  if (ref === undefined || ledger === undefined) return [];
  const fetched = destination.branches.get(ledger);
  try {
    if (remote === undefined) return [await describeOwn(repository, ref)];
    const place = { ref, ledger, remote };
    const { results, there } = await compare(repository, place, fetched);
    return [...results, ...(await findUnpushed(repository, place, there, fetched))];
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return [found(error, "wrong")];
  }
}

/** For a repository in which the work itself lands. */
async function describeOwn(repository: GitRepository, ref: string): Promise<CheckResult> {
  const there = (await readLocalLedger(repository, ref)) !== undefined;
  const ledger = escapeText(branchName(ref) ?? ref);
  return fine(there ? `the ledger ${ledger} is here` : `there is no ledger ${ledger} yet: the first co-sign makes it`);
}

/** Holds what was fetched against what the remote says now. */
async function compare(
  repository: GitRepository,
  { ref, ledger, remote }: LandingLedger,
  fetched: ObjectId | undefined,
): Promise<{ readonly results: readonly CheckResult[]; readonly there: ObjectId | undefined }> {
  const tracked = await isTracked(repository.context, remote, ref);
  const data = { ledger, remote, tracked };
  let there: ObjectId | undefined;
  try {
    there = await askLedger(repository, { remote, ref });
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    const reason = saidByGit(error).split("\n")[0] ?? "";
    return { results: [problem("LEDGER_UNASKED", { ledger, remote, reason })], there: fetched };
  }
  return { results: [describe(data, there, fetched)], there };
}

function describe(
  data: { readonly ledger: string; readonly remote: string; readonly tracked: boolean },
  there: ObjectId | undefined,
  fetched: ObjectId | undefined,
): CheckResult {
  const [ledger, remote] = [escapeText(data.ledger), escapeText(data.remote)];
  if (there === undefined) return fine(`there is no ledger ${ledger} on ${remote} yet: the first co-sign makes it`);
  if (fetched === undefined) return problem("LEDGER_UNFETCHED", data);
  if (fetched !== there) return problem("LEDGER_BEHIND", data);
  if (!data.tracked) return problem("LEDGER_UNTRACKED", data);
  return fine(
    `the ledger ${ledger} is here as ${remote} has it; only ${remote} knows whether it is protected from deletion`,
  );
}

/** Records that are in the local ledger alone. */
async function findUnpushed(
  repository: GitRepository,
  { ref, ledger, remote }: LandingLedger,
  there: ObjectId | undefined,
  fetched: ObjectId | undefined,
): Promise<readonly CheckResult[]> {
  const here = await readLocalLedger(repository, ref);
  if (here === undefined || here === there) return [];
  const records = await countNewRecords(repository, fetched, here);
  if (records === 0) return [];
  const parted = there !== undefined && !(await isReached(repository, there, here));
  return [problem("LEDGER_UNPUSHED", { ledger, remote, records, parted })];
}
