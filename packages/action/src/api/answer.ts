import { isObjectId, type ObjectId } from "@countersign/core";
import * as v from "valibot";
import { failed } from "./failed.ts";

/** An object id in full. */
export const oid = v.custom<ObjectId>((value) => typeof value === "string" && isObjectId(value), "not an object id");

/** A number by which a forge knows something. */
export const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** An answer in the form that is needed of it. @throws `FORGE_FAILED` if it has another one. */
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
