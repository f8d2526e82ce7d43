import { CountersignError } from "@countersign/core";
import { saidByGit } from "../process/failure.ts";

/** How git names an object that it wanted and did not have. One that is here and damaged is `stored in` a file. */
const MISSING = /(?:read|read tree|missing|find|object|fetch) ([0-9a-f]{40,64})\b(?! \(stored)/;

/** The failure as that of an object that is not here, where git's words mean one. */
export function asMissingObject(error: unknown): unknown {
  if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") return error;
  const oid = MISSING.exec(saidByGit(error))?.[1];
  return oid ? new CountersignError("OBJECT_MISSING", { oid, wanted: "an object" }, { cause: error }) : error;
}

/** Whether git ended since a partial clone lacks an object, and it may not fetch it. */
export function isNotFetched(error: unknown): boolean {
  return error instanceof CountersignError && error.code === "OBJECT_MISSING" && /could not fetch/.test(causeOf(error));
}

function causeOf({ cause }: CountersignError): string {
  return cause instanceof CountersignError ? saidByGit(cause) : "";
}
