import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, it } from "vitest";
import { PolicySchema } from "./schema.ts";

it("is published as policy.schema.json", async () => {
  const schema = toJsonSchema(PolicySchema, {
    typeMode: "input",
    // What these check cannot be said in a JSON Schema.
    ignoreActions: ["raw_check"],
    // JSON Schema reads every pattern as Unicode; only the converter objects to the flag that says so.
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "regex"
        ? { ...jsonSchema, pattern: (valibotAction as unknown as { requirement: RegExp }).requirement.source }
        : undefined,
  });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../policy.schema.json");
});
