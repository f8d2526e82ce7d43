import { CountersignError } from "../../error.ts";
import type { Policy } from "../policy.ts";
import { CHECKS } from "./checks.ts";
import { normalisePolicy } from "./normalise.ts";
import { formatProblem, type Path, type PlacedProblem } from "./problem.ts";
import { readFile } from "./read-file.ts";
import { PolicySchema } from "./schema.ts";
import { wellFormedParts } from "./well-formed.ts";

// From here, since what is loaded late is one piece in a hook's bundle.
export { salvagePatterns } from "./salvage.ts";

/** A policy file with all that is wrong in it. */
export interface PolicyReading {
  /** Undefined if there is any problem. */
  readonly policy: Policy | undefined;
  readonly problems: readonly PlacedProblem[];
  /** The line of a part of the file, counted from 1. */
  lineOf(path: Path): number;
}

/** Reads a policy file, YAML or JSON, and reports every problem of it. */
export function readPolicyFile(bytes: Uint8Array): PolicyReading {
  const { value, problems, lineOf } = readFile(bytes, PolicySchema, (fields) => {
    const parts = wellFormedParts(fields);
    return CHECKS.flatMap((check) => [...check(parts)]);
  });
  return { policy: value && normalisePolicy(value), problems, lineOf };
}

/**
 * Reads a policy file, YAML or JSON. `source` names it in errors.
 * @throws `POLICY_MALFORMED` with every problem of the file, each with its line.
 */
export function parsePolicy(bytes: Uint8Array, source: string): Policy {
  const { policy, problems } = readPolicyFile(bytes);
  if (!policy) throw new CountersignError("POLICY_MALFORMED", { source, problems: problems.map(formatProblem) });
  return policy;
}
