import { CountersignError } from "@countersign/core";
import { insertJson, type JsonPath } from "./json-insert.ts";
import { type Json, parseJsonSource } from "./json-source.ts";

/**
 * Sets one value of a JSON text, comments allowed, and leaves every other character as it is.
 * @throws `FILE_UNFIT` if the text is not JSON, or has something else on the way.
 */
export function editJson(path: string, text: string, place: JsonPath, value: Json): string {
  const json = parseJsonSource(text);
  const edited = typeof json === "string" ? undefined : insertJson(json, place, value, { ownLines: true });
  if (typeof edited === "string") return edited;
  const reason = edited ? "something else stands in its place" : "it is not JSON";
  throw new CountersignError("FILE_UNFIT", { path, reason, wanted: [`${place.join(".")}: ${JSON.stringify(value)}`] });
}
