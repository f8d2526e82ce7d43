import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import { parse } from "smol-toml";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Adds texts to the list of a top-level key and leaves every other character as it is. What comes out is parsed again and
 * must hold just these more.
 * @throws `FILE_UNFIT` if it would not, or the text is not TOML.
 */
export function addToTomlList(path: string, text: string, key: string, items: readonly string[]): string {
  const list = readFields(path, text, items)[key] ?? [];
  const quoted = items.map((item) => JSON.stringify(item)).join(", ");
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const opening = new RegExp(`^${key}[ \\t]*=[ \\t]*\\[`, "m").exec(text.slice(0, firstTable(text)));
  const at = opening ? opening.index + opening[0].length : 0;
  const rest = text.slice(at);
  // In front, since a key behind a table would belong to the table.
  const added = opening
    ? `${text.slice(0, at)}${quoted}${/^\s*\]/.test(rest) ? "" : ", "}${rest}`
    : `${key} = [${quoted}]${eol}${text}`;
  const expected = { ...readFields(path, text, items), [key]: [...items, ...(Array.isArray(list) ? list : [])] };
  return verify(path, added, expected, [`${key} = [${quoted}]`]);
}

/** Adds an entry `[[key]]`, given as lines of TOML, at the end. @throws `FILE_UNFIT`. */
export function addTomlTable(path: string, text: string, key: string, lines: readonly string[]): string {
  const fields = readFields(path, text, lines);
  const list = fields[key] ?? [];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const wanted = [`[[${key}]]`, ...lines];
  const gap = text === "" ? "" : text.endsWith("\n") ? eol : eol + eol;
  const added = `${text}${gap}${wanted.join(eol)}${eol}`;
  return verify(
    path,
    added,
    { ...fields, [key]: [...(Array.isArray(list) ? list : []), parse(lines.join("\n"))] },
    wanted,
  );
}

/** Where keys begin to belong to tables. */
function firstTable(text: string): number {
  const at = text.search(/^[ \t]*\[/m);
  return at < 0 ? text.length : at;
}

/** What a TOML file holds; undefined if it is not one. */
export function parseToml(text: string): Fields | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function readFields(path: string, text: string, wanted: readonly string[]): Fields {
  const fields = parseToml(text);
  if (fields) return fields;
  throw new CountersignError("FILE_UNFIT", { path, reason: "it is not TOML", wanted });
}

function verify(path: string, added: string, expected: Fields, wanted: readonly string[]): string {
  const fields = parseToml(added);
  // The parser's objects have no prototype.
  if (fields && isDeepStrictEqual(plain(fields), plain(expected))) return added;
  throw new CountersignError("FILE_UNFIT", { path, reason: "it is written in a way that cannot be added to", wanted });
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
