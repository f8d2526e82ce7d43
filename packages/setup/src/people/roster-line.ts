import { CountersignError } from "@countersign/core";
import { readNamedKey } from "./public-keys.ts";
import { readPerson, type Senior } from "./senior.ts";

/** A person as one line, as it is sent to the people who maintain the policy: `Name <address> ssh-ed25519 AAAA… comment`. */
export function formatRosterLine({ name, emails, keys }: Senior): string {
  return [`${name} <${emails[0] ?? ""}>`, ...keys.slice(0, 1)].join(" ");
}

/** Reads such a line, with a key or without. @throws `OPTION_INVALID`, `KEY_UNREADABLE`. */
export function parseRosterLine(cwd: string, line: string): Senior {
  const [, who = "", key = ""] = /^([^<>]*<[^<>]*>)\s*(.*)$/.exec(line.trim()) ?? [];
  const person = readPerson(who);
  if (person) return { ...person, keys: key === "" ? [] : [readNamedKey(cwd, key)] };
  const problem = `"${line.trim()}" is not of the form Name <address> KEY, as \`countersign keys --mine\` prints it`;
  throw new CountersignError("OPTION_INVALID", { option: "people add", problem });
}
