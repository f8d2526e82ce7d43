import { isObjectId, type ObjectId } from "@countersign/core";
import * as v from "valibot";
import { failed } from "./api.ts";

/** An object id in full. */
export const oid = v.custom<ObjectId>((value) => typeof value === "string" && isObjectId(value), "not an object id");

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Of a repository; which ways of merging it allows is shown to some alone. */
const repository = v.object({
  default_branch: v.string(),
  allow_merge_commit: v.optional(v.boolean()),
  allow_squash_merge: v.optional(v.boolean()),
  allow_rebase_merge: v.optional(v.boolean()),
});

/** A pull request. */
export const pullAnswer = v.object({
  number,
  state: v.string(),
  base: v.object({ ref: v.string(), repo: repository }),
  head: v.object({ sha: oid }),
});

/** A line in a list of pull requests. */
export const pullItem = v.object({ number });

/** The states of a commit, the latest of each context. */
export const statusesAnswer = v.object({
  statuses: v.array(v.object({ context: v.string(), state: v.string(), description: v.nullish(v.string(), "") })),
});

/** A rule that is in force on a branch. */
export const ruleItem = v.object({
  type: v.string(),
  parameters: v.optional(
    v.object({
      allowed_merge_methods: v.optional(v.array(v.string())),
      merge_method: v.optional(v.string()),
    }),
  ),
});

/** A comment on a pull request. The author of a deleted account is null. */
export const commentItem = v.object({
  id: number,
  body: v.nullish(v.string(), ""),
  user: v.nullish(v.object({ type: v.optional(v.string(), "") })),
});

/** An answer in the form that is needed of it. @throws `FORGE_FAILED` where it has another one. */
export function read<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  path: string,
): v.InferOutput<Schema> {
  const read = v.safeParse(schema, answer);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw failed("GET", path, `its answer is not as it should be: ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}
