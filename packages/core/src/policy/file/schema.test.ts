import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { expect, it } from "vitest";
import { PolicyTestsSchema } from "../../policy-tests/schema.ts";
import { PolicySchema } from "./schema.ts";

it.each<[name: string, schema: v.GenericSchema]>([
  ["policy.schema.json", PolicySchema],
  ["policy-tests.schema.json", PolicyTestsSchema],
])("is published as %s", async (name, valibotSchema) => {
  const schema = toJsonSchema(valibotSchema, {
    typeMode: "input",
    // What these check cannot be said in a JSON Schema.
    ignoreActions: ["raw_check"],
    // JSON Schema reads every pattern as Unicode; only the converter objects to the flag that says so.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "regex"
        ? { ...jsonSchema, pattern: (valibotAction as unknown as { requirement: RegExp }).requirement.source }
        : undefined,
  });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(`../../../schema/${name}`);
});
