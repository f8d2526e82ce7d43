import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";

const { resolve } = createRequire(import.meta.url);

/** A published schema that allows no field which it does not name. */
function strictly(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== "object" || schema === null) return schema;
  const own = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strictly(value)]));
  return own["type"] === "object" ? { ...own, additionalProperties: false } : own;
}

/** Says whether JSON is exactly what a report's published schema allows. */
export function publishedValidator(name: "audit" | "check" | "cosign" | "log" | "report" | "waiting") {
  const published = readFileSync(resolve(`@countersign/report/schema/${name}.schema.json`), "utf8");
  return new Ajv.default({ strict: true, allowUnionTypes: true }).compile(strictly(JSON.parse(published)) as object);
}
