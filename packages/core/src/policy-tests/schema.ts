import * as v from "valibot";
import { findReasonFlaw } from "../cosign/emergency.ts";
import { violationMessages } from "../messages/violations.ts";
import {
  AgentId,
  Duration,
  Email,
  fields,
  flawless,
  Label,
  listOf,
  Time,
  wholeNumber,
} from "../policy/file/field-types.ts";
import { PROOFS } from "../policy/requirement.ts";

const BranchName = v.pipe(
  v.string(),
  flawless((branch) => (branch.startsWith("refs/") ? "begins with refs/; branches have short names here" : undefined)),
);
const PathName = v.pipe(
  v.string(),
  flawless((path) =>
    /^(?:\.?\/|$)|\/$|\0/.test(path) ? "is not the path of a file from the root of the repository" : undefined,
  ),
);
const Lines = wholeNumber(10_000_000);
const CODES = Object.keys(violationMessages) as (keyof typeof violationMessages)[];

const PathSchema = v.union([
  PathName,
  fields({
    path: v.pipe(PathName, v.description("Where {n} stands in it, a number from 1 to `count` is put.")),
    status: v.optional(
      v.pipe(v.picklist(["added", "modified", "deleted"]), v.description("What the commit does. Default: modified.")),
    ),
    added: v.optional(v.pipe(Lines, v.description("How many lines it adds. Default: 0."))),
    deleted: v.optional(v.pipe(Lines, v.description("How many lines it deletes. Default: 0."))),
    count: v.optional(v.pipe(wholeNumber(10_000), v.description("How many such files. Default: 1."))),
  }),
]);

const CosignSchema = v.union([
  Email,
  fields({
    who: v.pipe(Email, v.description("The address of the person who co-signs.")),
    proof: v.optional(v.pipe(v.picklist(PROOFS), v.description("How it is proven. Default: signed."))),
    age: v.optional(v.pipe(Duration, v.description("How long ago it was signed. Default: just now."))),
    emergency: v.optional(v.pipe(v.boolean(), v.description("Whether it is for the emergency, and no review."))),
  }),
]);

export const PolicyTestSchema = fields({
  name: v.pipe(Label, v.description("What the test shows.")),
  branch: v.optional(v.pipe(BranchName, v.description("Where the commit is to land. Default: the file's `branch`."))),
  author: v.optional(v.pipe(Email, v.description("The author's address. Default: somebody who is not on the roster."))),
  agents: v.optional(v.pipe(v.array(AgentId), v.description("The agents that took part. Default: none."))),
  declaredHuman: v.optional(v.pipe(v.boolean(), v.description("Whether the message says that no AI took part."))),
  emergency: v.optional(
    v.pipe(
      v.string(),
      flawless((reason) => {
        const flaw = findReasonFlaw(reason);
        return flaw && `is not a reason that a trailer can hold: ${flaw}`;
      }),
      v.description("Why the commit cannot wait for its review, as its trailer says."),
    ),
  ),
  message: v.optional(
    v.pipe(v.string(), v.description("The message, in which agents are looked for as in any other.")),
  ),
  paths: v.optional(v.pipe(v.array(PathSchema), v.description("What the commit changes. Default: nothing."))),
  cosigns: v.optional(v.pipe(v.array(CosignSchema), v.description("Who co-signed it. Default: nobody."))),
  expect: v.pipe(
    v.picklist(["allowed", "warned", "refused", "allow", "warn", "deny"]),
    v.description(
      "Whether it is allowed, allowed with a warning because of `mode: warn`, or refused; or these as JSON has them: allow, warn, deny.",
    ),
  ),
  codes: v.optional(v.pipe(v.array(v.picklist(CODES)), v.description("Exactly the codes that are reported."))),
  rules: v.optional(v.pipe(v.array(Label), v.description("Exactly the rules that apply."))),
});

/** The file of a policy's tests. The type of its content and the published JSON Schema both follow from this. */
export const PolicyTestsSchema = v.pipe(
  fields({
    $schema: v.optional(v.pipe(v.string(), v.description("Where an editor finds the schema of this file."))),
    version: v.pipe(v.literal(1), v.description("The version of this file's format.")),
    branch: v.optional(v.pipe(BranchName, v.description("Where commits land unless their test says otherwise."))),
    now: v.optional(v.pipe(Time, v.description("The time to judge at. Default: when the tests are run."))),
    tests: listOf(PolicyTestSchema, "a test"),
  }),
  v.description("Tests of a countersign policy: commits, and what becomes of them."),
);

export type PolicyTestFile = v.InferOutput<typeof PolicyTestSchema>;
