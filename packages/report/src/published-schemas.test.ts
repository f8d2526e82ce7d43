import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, it } from "vitest";
import { CosignPredicateSchema } from "./attest/cosign-predicate-schema.ts";
import { AuditSchema } from "./audit/audit-schema.ts";
import { DecisionSchema } from "./decision/decision-schema.ts";
import { LogEntrySchema } from "./log/log-entry-schema.ts";
import { OverviewSchema } from "./overview/overview-schema.ts";
import { WaitingSchema } from "./waiting/waiting-schema.ts";

it.each([
  ["audit", AuditSchema],
  ["cosign", CosignPredicateSchema],
  ["check", DecisionSchema],
  ["log", LogEntrySchema],
  ["report", OverviewSchema],
  ["waiting", WaitingSchema],
] as const)("the JSON of %s is published as its schema", async (name, schema) => {
  // That a list is read-only is for TypeScript alone.
  const published = toJsonSchema(schema, { ignoreActions: ["readonly"] });
  const file = `../schema/${name}.schema.json`;
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(file);
});
