import { type Policy, readPublicKey } from "@countersign/core";
import { asciiLowerCase } from "@countersign/core/internal";
import { editJson } from "../files/edits/edit-json.ts";
import { addToYamlList } from "../files/edits/edit-yaml.ts";
import { APPEND } from "../files/edits/json-insert.ts";
import type { Senior } from "./senior.ts";

/** Someone who is to stand on the roster. */
export interface NewPerson extends Senior {
  readonly level: string;
}

/**
 * The text of a policy file with a person on its roster; of someone who is there already, by the address, with the keys
 * that were missing. All else stays as it is. @throws `FILE_UNFIT`.
 */
export function addToRoster(path: string, text: string, { people }: Policy, person: NewPerson): string {
  const { name, emails, level, keys } = person;
  const known = new Set(emails.map(asciiLowerCase));
  const index = people.findIndex((other) => other.emails.some((email) => known.has(asciiLowerCase(email))));
  const add = addition(path, text);
  if (index < 0) return add(text, ["people"], { name, emails, level, ...(keys.length === 0 ? {} : { keys }) });
  const blobs = new Set(people[index]?.keys.map(({ text: key }) => key));
  return keys
    .filter((line) => !blobs.has(blobOf(line)))
    .reduce((edited, line) => add(edited, ["people", index, "keys"], line), text);
}

type Place = readonly [string, ...(string | number)[]];

/** JSON is YAML too, but what is added to it must stay JSON. */
function addition(path: string, text: string): (before: string, place: Place, item: string | object) => string {
  if (!text.trimStart().startsWith("{")) return (before, place, item) => addToYamlList(path, before, place, item);
  return (before, place, item) => editJson(path, before, [...place, APPEND], JSON.parse(JSON.stringify(item)));
}

/** A key without its comment. */
function blobOf(line: string): string {
  const key = readPublicKey(line);
  return typeof key === "string" ? line : key.text;
}
