import type { ObjectId } from "@countersign/core";
import { spellForStatus, statusName } from "@countersign/report";
import { commentOn } from "./comment-text.ts";
import type { Forge, MergeRequest, RequestComment, Status } from "./forge.ts";
import type { GateRepository } from "./gate-repository.ts";
import { namesWitness, policyOf } from "./judge-landing.ts";
import { judgeQueue, type QueuedGroup } from "./judge-queue.ts";
import { type JudgedRequest, judgeRequest } from "./judge-request.ts";
import { type Report, report } from "./report.ts";

/** How verdicts are shown. */
export interface Showing {
  /** The name of the status, in which `BASE` stands for the branch; the usual one where none is asked for. */
  readonly context: string | undefined;
  /** Where the run can be looked at. */
  readonly run: string | undefined;
  /** What happens, or is to be done, after a co-sign. */
  readonly next: string;
}

/** A request whose verdict its forge knows now. */
export interface SettledRequest {
  readonly request: MergeRequest;
  readonly report: Report;
  readonly comment: RequestComment;
  /** Whether the policy has a witness write approvals down. */
  readonly witnessed: boolean;
}

/** Judges a request and writes the verdict on the very commit that was judged. Undefined for a request that is not open. */
export async function settleRequest(
  forge: Forge,
  place: GateRepository,
  number: number,
  showing: Showing,
): Promise<SettledRequest | undefined> {
  const judged = await judgeRequest(forge, place, number, async ({ head, base }) => {
    const context = contextOf(showing, base);
    // One that is there is the verdict on this commit for this branch, only older.
    if ((await forge.statuses(head)).has(context)) return;
    await forge.setStatus(head, { state: "pending", context, title: "is being judged" });
  });
  if (!judged) return undefined;
  const settled = describeVerdict(forge, judged, showing);
  const { request } = settled;
  await writeStatus(forge, request.head, settled.report, contextOf(showing, request.base));
  return settled;
}

/** Judges what a merge queue would have a branch become, and writes the verdict on the commit that it would be. */
export async function settleQueue(
  forge: Forge,
  place: GateRepository,
  group: QueuedGroup,
  showing: Pick<Showing, "context">,
): Promise<Report> {
  const said = report(await judgeQueue(forge, place, group), group.base);
  await writeStatus(forge, group.head, said, contextOf(showing, group.base));
  return said;
}

/** A verdict in words, with the command that helps. */
export function describeVerdict(
  forge: Forge,
  { request, judgement }: JudgedRequest,
  showing: Pick<Showing, "run" | "next">,
): SettledRequest {
  const ledger = policyOf(judgement)?.ledger;
  // Only in the ledger can what a number names be co-signed: the branch of a request is not known by it.
  const sign =
    ledger === undefined ? undefined : `countersign cosign ${forge.sign === "#" ? "" : "'!'"}${request.number}`;
  const said = report(judgement, request.base, sign);
  const comment = commentOn(judgement, said, { sign, ...showing });
  return { request, report: said, comment, witnessed: namesWitness(judgement) };
}

/** Writes a verdict on a commit, unless it is there already: a commit has room for a thousand. */
async function writeStatus(
  forge: Forge,
  commit: ObjectId,
  { state, title }: Pick<Report, "state" | "title">,
  context: string,
): Promise<void> {
  if (state === undefined) return;
  const known = (await forge.statuses(commit)).get(context);
  const status: Status = { state, context, title };
  if (known?.state !== state || known.title !== title) await forge.setStatus(commit, status);
}

/** A verdict for one branch must not pass for another branch's, so each has a name of its own, whatever name is asked for. */
function contextOf({ context }: Pick<Showing, "context">, base: string): string {
  if (context === undefined) return statusName(base);
  const pattern = context.includes("BASE") ? context : `${context} (BASE)`;
  return pattern.replaceAll("BASE", () => spellForStatus(base));
}
