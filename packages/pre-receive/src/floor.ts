import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import {
  CountersignError,
  isCountersignError,
  type ObjectFormat,
  type Policy,
  type PolicyInForce,
  parsePolicyFile,
} from "@countersign/core";
import { layFloor, POLICY_LIMIT, zeroOid } from "@countersign/core/internal";

/**
 * Reads the server's own policy, as it stands under a repository with this policy in force.
 * @throws `FLOOR_UNREADABLE`
 */
export async function readFloor(
  path: string,
  own: PolicyInForce | undefined,
  format: ObjectFormat,
): Promise<PolicyInForce> {
  const policy = layFloor(await parseFloor(path), own?.policy);
  return { policy, ref: "the server's own", commit: undefined, entry: { path, mode: "100644", oid: zeroOid(format) } };
}

async function parseFloor(path: string): Promise<Policy> {
  try {
    return await parsePolicyFile(readBytes(path), path);
  } catch (error) {
    const [reason, details] = isCountersignError(error) ? [error.what, error.details] : [String(error), []];
    throw new CountersignError("FLOOR_UNREADABLE", { path, reason, details: details ?? [] }, { cause: error });
  }
}

function readBytes(path: string): Uint8Array {
  if (!isAbsolute(path)) throw new Error("it is not an absolute path");
  const state = statSync(path);
  if (!state.isFile()) throw new Error("it is not a file");
  if (state.size > POLICY_LIMIT) throw new Error(`it has more than ${POLICY_LIMIT} bytes`);
  return readFileSync(path);
}
