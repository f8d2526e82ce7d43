import { CountersignError, type ObjectId } from "@countersign/core";
import { askRefs } from "../refs/ask-refs.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { askRemote } from "./ask-remote.ts";
import { fetchQuietly } from "./fetch-remote.ts";

/** Where forges keep the heads of what is proposed to them. */
const KINDS = [
  { sign: "#", name: "pull request", place: "refs/pull" },
  { sign: "!", name: "merge request", place: "refs/merge-requests" },
] as const;

/** A pull or merge request, as a person names it. */
export interface RequestNumber {
  readonly number: string;
  /** Empty where it is not said which of both it is. */
  readonly sign: string;
}

/** Reads `12`, `#12` or `!12`; undefined for everything else. */
export function readRequestNumber(text: string): RequestNumber | undefined {
  const [, sign, number] = /^([#!]?)([1-9]\d{0,9})$/.exec(text) ?? [];
  return sign === undefined || number === undefined ? undefined : { sign, number };
}

/** The head of a pull or merge request. */
export interface RequestHead {
  /** For people: `pull request 12`. */
  readonly name: string;
  readonly tip: ObjectId;
}

/**
 * Fetches the head of a pull or merge request; undefined where the remote has none of that number. No ref here is moved or
 * made for it. @throws `FETCH_FAILED`.
 */
export async function fetchRequest(
  repository: GitRepository,
  remote: string,
  { number, sign }: RequestNumber,
): Promise<RequestHead | undefined> {
  const { context } = repository;
  const refs = KINDS.flatMap((kind) =>
    sign === "" || sign === kind.sign ? [{ ref: `${kind.place}/${number}/head`, name: `${kind.name} ${number}` }] : [],
  );
  const names = refs.map(({ ref }) => ref);
  const there = await askRemote(remote, askRefs(context, remote, names));
  for (const { ref, name } of refs) {
    const oid = there.get(ref);
    if (oid === undefined) continue;
    await askRemote(remote, fetchQuietly(context, remote, ref));
    const tip = await repository.peelToCommit(oid);
    // It moved in between, and what came is not what was asked for.
    if (!tip) throw new CountersignError("REQUEST_MOVED", { name, remote });
    return { name, tip };
  }
  return undefined;
}
