import { asciiLowerCase, compareBytes, encodeText } from "../bytes.ts";
import { isObjectId, type ObjectId } from "../object/oid.ts";
import { FORGES, type Forge } from "../policy/accounts.ts";

/** The namespace of co-signatures (PROTOCOL.sshsig): none made for anything else counts, whatever it is over. */
export const NAMESPACE = "countersign@v1";

/** A branch that a co-sign is for. */
export interface SignedBranch {
  /** The full name of the ref, `refs/heads/main`. */
  readonly ref: string;
  /** Where it stood for the signer; undefined if it did not exist. */
  readonly base: ObjectId | undefined;
}

/** What a signature says of all that it approves. */
export interface SignedHead {
  /** As the policy names it. */
  readonly project: string | undefined;
  readonly branches: readonly SignedBranch[];
  /** The co-signer, by address. */
  readonly cosigner: string;
  /** When it was signed, in UTC to the second: `2026-11-23T10:00:00Z`. */
  readonly time: string;
  /** Only for an approval on a forge: the co-signer did not sign, and the time is that of the approval. */
  readonly reviewed?: ReviewedOnForge | undefined;
}

/** A review that a forge reported, and who recorded it. */
export interface ReviewedOnForge {
  /** The name of the witness; undefined if nobody wrote it down yet. */
  readonly witness: string | undefined;
  readonly forge: Forge;
  /** The forge's own id. */
  readonly review: string;
  /** The commit that was approved. */
  readonly head: ObjectId;
}

/** One change that a signature approves: a commit, or a whole branch as one change. */
export interface Block {
  /** `changeDigest` of the change. */
  readonly change: string;
  /** `pathsDigest` of the change. */
  readonly paths: string;
  /** How many parents the commit has. */
  readonly parents: number;
  /** Those after the first, which is not signed because a rebase changes it. */
  readonly otherParents: readonly ObjectId[];
  /** Only for a merge: `changeDigest` of what it does itself. */
  readonly own?: string | undefined;
  /** All whose work it is, by address. */
  readonly authors: readonly string[];
  /** Only for a whole branch: how many commits it sums up. */
  readonly commits?: number | undefined;
  /** The agents whose marks the signer was shown. */
  readonly agents?: readonly string[] | undefined;
  /** The reason by which the commit disputes its marks of AI. */
  readonly dispute?: string | undefined;
  /** Why the change lands in an emergency. */
  readonly emergency?: string | undefined;
}

/** All that one signature is over. */
export interface SignedLines {
  readonly head: SignedHead;
  readonly blocks: readonly Block[];
}

/** What stands for a missing project, base or witness. */
export const NOTHING = "-";

/**
 * The bytes that a co-signature is over, each line ended by LF: the head, then one block for each change. The order of
 * branches, authors and agents, and the case of addresses, say nothing.
 * @throws Error for a value that no line can hold; `findLinesDefect` finds it beforehand.
 */
export function formatLines({ head, blocks }: SignedLines): Uint8Array {
  const defect = findLinesDefect({ head, blocks });
  if (defect !== undefined) throw new Error(`nothing can be signed: ${defect}`);
  return encodeText([...headLines(head), ...blocks.flatMap(blockLines)].map((line) => `${line}\n`).join(""));
}

/** The lines of a head, without their ends. */
export function headLines({ project = NOTHING, branches, cosigner, time, reviewed }: SignedHead): readonly string[] {
  return [
    "countersign v1",
    `project ${project}`,
    ...sorted(branches.map(({ ref, base = NOTHING }) => `branch ${ref} ${base}`)),
    `cosigner ${asciiLowerCase(cosigner)}`,
    `time ${time}`,
    ...(reviewed ? reviewLines(reviewed) : []),
  ];
}

function reviewLines({ witness = NOTHING, forge, review, head }: ReviewedOnForge): readonly string[] {
  return [`witness ${witness}`, `review ${forge} ${review} ${head}`];
}

function blockLines(block: Block): readonly string[] {
  const { change, paths, parents, otherParents, own, authors, commits, agents = [], dispute, emergency } = block;
  return [
    `change sha256:${change}`,
    `paths sha256:${paths}`,
    `parents ${[parents, ...otherParents].join(" ")}`,
    ...(own === undefined ? [] : [`own sha256:${own}`]),
    ...sorted(authors.map(asciiLowerCase)).map((author) => `author ${author}`),
    ...(commits === undefined ? [] : [`commits ${commits}`]),
    ...(agents.length === 0 ? [] : [`agents ${sorted(agents).join(" ")}`]),
    ...(dispute === undefined ? [] : [`dispute ${dispute}`]),
    ...(emergency === undefined ? [] : [`emergency ${emergency}`]),
  ];
}

/** Each once, in the order of their bytes. */
function sorted(texts: readonly string[]): readonly string[] {
  const once = [...new Set(texts)];
  return once.length < 2 ? once : once.sort((a, b) => compareBytes(encodeText(a), encodeText(b)));
}

/** Why no lines can be made of these values, as a clause; undefined if they can. */
export function findLinesDefect({ head, blocks }: SignedLines): string | undefined {
  const defect = findHeadDefect(head);
  if (defect !== undefined) return defect;
  for (const block of blocks) {
    const found = findBlockDefect(block);
    if (found !== undefined) return found;
  }
  return blocks.length === 0 ? "there is no change" : undefined;
}

/** A time as it is signed. */
export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Why a head cannot be signed, as a clause; undefined if it can. */
export function findHeadDefect({ project, branches, cosigner, time, reviewed }: SignedHead): string | undefined {
  if (project !== undefined && !isName(project)) return "the project's name is not plain ASCII, or is -";
  if (branches.length === 0) return "there is no branch";
  if (new Set(branches.map(({ ref }) => ref)).size < branches.length) return "a branch is named twice";
  for (const { ref, base } of branches) {
    // Git allows no blank in the name of a ref.
    if (!/^refs\/[^ ]+$/.test(ref) || hasUnclear(ref)) return "the branch's name is not a full ref name in plain UTF-8";
    if (base !== undefined && !isObjectId(base)) return "the branch's base is not a full object id";
  }
  if (!WORD.test(cosigner)) return "the co-signer's address is not printable ASCII without blanks";
  if (!TIME.test(time)) return "the time is not in UTC to the second";
  return reviewed && findReviewDefect(reviewed);
}

const WORD = /^[!-~]+$/;

/** Whether a text can name a project or a witness: a lone `-` stands for none. */
function isName(text: string): boolean {
  return WORD.test(text) && text !== NOTHING;
}

function findReviewDefect({ witness, forge, review, head }: ReviewedOnForge): string | undefined {
  if (witness !== undefined && !isName(witness))
    return "the witness's name is not printable ASCII without blanks, or is -";
  if (!FORGES.includes(forge)) return "the forge is not one that is known";
  if (!WORD.test(review)) return "the review's id is not printable ASCII without blanks";
  return isObjectId(head) ? undefined : "the commit that was reviewed is not a full object id";
}

const DIGEST = /^[0-9a-f]{64}$/;

function findBlockDefect(block: Block): string | undefined {
  const { change, paths, parents, otherParents, own, authors, commits, agents = [], dispute, emergency } = block;
  if (!DIGEST.test(change) || !DIGEST.test(paths)) return "the change is not a SHA-256 in hex";
  if (!otherParents.every(isObjectId)) return "a parent is not a full object id";
  if (parents < 0 || otherParents.length !== Math.max(0, parents - 1)) return "the parents are not as many as it says";
  if (parents > 1 !== (own !== undefined) || (own !== undefined && !DIGEST.test(own)))
    return "a merge, and only a merge, has a digest of its own changes";
  if (authors.length === 0) return "it has no author";
  if (authors.some(hasUnclear)) return "an author's address holds control characters or is not UTF-8";
  if (commits !== undefined && !(Number.isSafeInteger(commits) && commits > 0)) return "the commits are not counted";
  if (!agents.every((agent) => WORD.test(agent))) return "an agent's name is not printable ASCII without blanks";
  for (const reason of [dispute, emergency]) {
    if (reason !== undefined && (reason === "" || hasUnclear(reason)))
      return "the reason is empty, holds control characters or is not UTF-8";
  }
  return undefined;
}

/** Line ends and the like, and U+FFFD, which stands for any bytes that are not UTF-8: by it different names look alike. */
function hasUnclear(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffd]/u.test(text);
}
