import { CountersignError, type ObjectId } from "@countersign/core";
import { askRefs } from "../refs/ask-refs.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { askRemote } from "./ask-remote.ts";
import { fetchQuietly } from "./fetch-remote.ts";

/** What forges call that which is proposed to them, and where they keep the heads of it, by the sign before its number. */
const KINDS = {
  "#": { kind: "pull request", place: "refs/pull" },
  "!": { kind: "merge request", place: "refs/merge-requests" },
} as const;

const SIGNS = ["#", "!"] as const;

/** A pull or merge request for people, and the full name of the ref that its forge keeps the head under. */
export function nameRequest(
  sign: keyof typeof KINDS,
  number: number | string,
): { readonly name: string; readonly headRef: string } {
  const { kind, place } = KINDS[sign];
  return { name: `${kind} ${number}`, headRef: `${place}/${number}/head` };
}

/** A pull or merge request, as a person names it. */
export interface RequestNumber {
  readonly number: string;
  /** Empty if it is not said which of both it is. */
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
 * Fetches the head of a pull or merge request; undefined if the remote has none of that number. No ref here is moved or
 * made for it. @throws `FETCH_FAILED`.
 */
export async function fetchRequest(
  repository: GitRepository,
  remote: string,
  { number, sign }: RequestNumber,
): Promise<RequestHead | undefined> {
  const { context } = repository;
  const meant = SIGNS.filter((known) => sign === "" || sign === known).map((known) => nameRequest(known, number));
  const names = meant.map(({ headRef }) => headRef);
  const there = await askRemote(remote, askRefs(context, remote, names));
  for (const { headRef, name } of meant) {
    const oid = there.get(headRef);
    if (oid === undefined) continue;
    await askRemote(remote, fetchQuietly(context, remote, headRef));
    const tip = await repository.peelToCommit(oid);
    // It moved in between, and what came is not what was asked for.
    if (!tip) throw new CountersignError("REQUEST_MOVED", { name, remote });
    return { name, tip };
  }
  return undefined;
}
