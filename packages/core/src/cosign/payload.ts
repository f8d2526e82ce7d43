import { asciiLowerCase, encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import { isObjectId, type ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import { findDispute } from "../provenance/dispute.ts";
import { changeDigest } from "./digest.ts";

/** What of a commit a co-signature is over. */
export interface SignedWork {
  /** As the policy names it. */
  readonly project: string | undefined;
  /** The full name of the ref, `refs/heads/main`. */
  readonly branch: string;
  /** `changeDigest` of the commit. */
  readonly change: string;
  /** All of the commit's parents. The first may move, so that it alone is not in the payload. */
  readonly parents: readonly ObjectId[];
  /** The commit's author, by address. */
  readonly author: string;
  /** The reason by which the commit disputes its marks of AI, under a policy that lets somebody prove them wrong. */
  readonly dispute?: string | undefined;
}

/** What a co-signature says. */
export interface Payload extends SignedWork {
  /** The co-signer, by address. */
  readonly cosigner: string;
  /** When it was signed, in UTC to the second: `2026-11-23T10:00:00Z`. */
  readonly time: string;
}

/**
 * What a co-signature of a commit must be over. `branch` is the full name of the ref that it is to land on, `changes` are
 * all of the commit against its first parent.
 */
export function workOf(
  policy: Pick<Policy, "project" | "disputes">,
  branch: string,
  commit: Commit,
  changes: readonly Change[],
): SignedWork {
  return {
    project: policy.project,
    branch,
    change: changeDigest(changes),
    parents: commit.parents,
    author: commit.author.email,
    // Else a signature that was given for AI's work would, once the message is reworded, prove that it was none.
    dispute: findDispute(policy, commit)?.reason,
  };
}

/** The namespace of co-signatures (PROTOCOL.sshsig): none made for anything else counts, whatever it is over. */
export const NAMESPACE = "countersign@v1";

/**
 * The bytes that a co-signature is over. Two payloads have the same only if they differ in nothing
 * but the case of an address or the first parent.
 * @throws Error for a value that no line can hold; `findPayloadDefect` tells beforehand.
 */
export function formatPayload(payload: Payload): Uint8Array {
  const defect = findPayloadDefect(payload);
  if (defect !== undefined) throw new Error(`nothing can be signed: ${defect}`);
  const { project = "-", branch, change, parents, author, cosigner, time, dispute } = payload;
  const lines = [
    "countersign v1",
    `project ${project}`,
    `branch ${branch}`,
    `change sha256:${change}`,
    `parents ${[parents.length, ...parents.slice(1)].join(" ")}`,
    `author ${asciiLowerCase(author)}`,
    `cosigner ${asciiLowerCase(cosigner)}`,
    `time ${time}`,
    ...(dispute === undefined ? [] : [`dispute ${dispute}`]),
  ];
  return encodeText(lines.map((line) => `${line}\n`).join(""));
}

/** Why no payload can be made of these values, as a clause; undefined where one can. */
export function findPayloadDefect(payload: Payload): string | undefined {
  const { project, branch, change, parents, author, cosigner, time, dispute } = payload;
  // A lone `-` stands for no project.
  if (project !== undefined && !/^(?!-$)[!-~]+$/.test(project)) return "the project's name is not plain ASCII, or is -";
  if (!/^refs\/./.test(branch) || hasUnclear(branch)) return "the branch's name is no full ref name in plain UTF-8";
  if (!/^[0-9a-f]{64}$/.test(change)) return "the change is no SHA-256 in hex";
  if (!parents.every(isObjectId)) return "a parent is no full object id";
  if (hasUnclear(author)) return "the author's address holds control characters or is not UTF-8";
  if (!/^[!-~]+$/.test(cosigner)) return "the co-signer's address is not printable ASCII without blanks";
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(time)) return "the time is not in UTC to the second";
  if (dispute !== undefined && hasUnclear(dispute)) return "the dispute holds control characters or is not UTF-8";
  return undefined;
}

/** Line ends and the like, and U+FFFD, which stands for any bytes that are not UTF-8: by it different names look alike. */
function hasUnclear(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffd]/u.test(text);
}
