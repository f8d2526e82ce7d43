import * as v from "valibot";
import { asciiLowerCase } from "../../bytes.ts";
import { readPublicKey } from "../../ssh/public-key.ts";
import { compileGlob } from "../glob/glob.ts";

// Each text says what is wrong as the end of a sentence that begins with the field.

/** A check that no JSON Schema can express: `flawOf` says what is wrong with the text, if anything. */
export function flawless(flawOf: (text: string) => string | undefined): v.RawCheckAction<string> {
  return v.rawCheck(({ dataset, addIssue }) => {
    const flaw = dataset.typed ? flawOf(dataset.value) : undefined;
    if (flaw !== undefined) addIssue({ message: flaw });
  });
}

/** A group of fields. valibot alone would take a list for a group without fields, and let it pass. */
export function fields<const Entries extends v.ObjectEntries>(entries: Entries): v.StrictObjectSchema<Entries, string> {
  // What it takes is said where something else stands there.
  const schema = v.strictObject(entries, `fields: ${Object.keys(entries).join(", ")}`);
  return {
    ...schema,
    "~run": (dataset, config) => schema["~run"](Array.isArray(dataset.value) ? { value: undefined } : dataset, config),
  };
}

/** A field that need not be there. */
export function optional<const Field extends v.GenericSchema>(field: Field): v.OptionalSchema<Field, undefined> {
  return v.optional(field);
}

export function listOf<const Item extends v.GenericSchema>(item: Item, what: string) {
  return v.pipe(v.array(item), v.minLength(1, `is empty; name ${what}, or leave the field out`));
}

export const Label = v.pipe(
  v.string(),
  v.regex(
    /^[^\p{Cc}\p{Zs}](?:[^\p{Cc}]*[^\p{Cc}\p{Zs}])?$/u,
    "is empty, begins or ends with a blank, or has a control character",
  ),
);

// Addresses stand in trailers, in signed lines and beside keys, so none may end a line, open a
// quotation or be a pattern there.
export const Email = v.pipe(
  v.string(),
  v.regex(
    /^(?=[!-~]+$)(?![#-])[^@"<>,*?!\\]+@[^@"<>,*?!\\]+$/,
    "is not a plain ASCII address such as ada@acme.example; patterns and quotes are not allowed",
  ),
);

/** What no branch's name has, read as a pattern or to the letter. A class may have it, as `[^0]` and `[[:digit:]]` do. */
const UNNAMEABLE = /[\p{Cc} ~^:]|^\/|\/$|\/\/|\.\./u;
const CLASS = /\[(?:\[:\w+:\]|\\.|[^\]]){1,100}\]/g;

export const BranchPattern = v.pipe(
  v.string(),
  flawless((pattern) => {
    if (pattern.startsWith("refs/heads/"))
      return `begins with refs/heads/; branches have short names here: ${pattern.slice(11)}`;
    if (pattern.startsWith("refs/")) return "begins with refs/, but only branches are protected, by their short names";
    if (UNNAMEABLE.test(pattern.replace(CLASS, "c"))) return "matches no branch: git allows no such name";
    return patternFlaw(pattern);
  }),
);

/** The branch that holds co-signs: a name that git allows, short or in full. */
export const LedgerBranch = v.pipe(
  v.string(),
  flawless((name) => {
    const branch = name.startsWith("refs/heads/") ? name.slice("refs/heads/".length) : name;
    if (branch.startsWith("refs/")) return "is not a branch: forges protect, and clones fetch, only refs/heads/";
    return isBranchName(branch) ? undefined : "is not a name that git allows for a branch";
  }),
);

/** The rules of git-check-ref-format, and that of `git branch` against names that look like options. */
function isBranchName(name: string): boolean {
  if (/[\p{Cc}\p{Z}~^:?*[\\]|\.\.|@\{|^-|\.$|^(?:@|HEAD)$/u.test(name)) return false;
  return name.split("/").every((part) => /^[^.]/u.test(part) && !part.endsWith(".lock"));
}

export const PathPattern = v.pipe(
  v.string(),
  flawless((pattern) => {
    if (pattern.startsWith("/") || pattern.startsWith("./"))
      return "matches no path: paths begin at the root, without / or ./";
    if (pattern.endsWith("/")) return `matches no path: write ${pattern}** for all that is in the folder`;
    return patternFlaw(pattern);
  }),
);

function patternFlaw(pattern: string): string | undefined {
  if (pattern === "") return "is empty and matches nothing";
  const { flaw } = compileGlob(pattern);
  return flaw === undefined ? undefined : `is a malformed pattern: ${flaw}`;
}

export const KeyText = v.pipe(
  v.string(),
  flawless((line) => {
    const key = readPublicKey(line);
    return typeof key === "string" ? key : undefined;
  }),
  v.description("An OpenSSH public key, as in a .pub file."),
);

export const Time = v.pipe(
  v.string(),
  v.regex(
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/,
    "is not a time in UTC such as 2026-01-01T00:00:00Z",
  ),
  flawless((time) => {
    const instant = Date.parse(time);
    // The parser lets the 30th of February pass as the 2nd of March.
    const real = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(time.slice(0, -1));
    return real ? undefined : "is not a time in UTC that exists";
  }),
);

export const Duration = v.pipe(
  v.string(),
  v.regex(/^[1-9][0-9]{0,4}[mhdw]$/, "is not a duration such as 90m, 12h, 30d or 2w"),
);

export function wholeNumber(most: number) {
  return v.pipe(
    v.number(),
    v.integer("is not a whole number"),
    v.minValue(0, "is less than 0"),
    v.maxValue(most, `is more than ${most}`),
  );
}

export const AgentId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9._-]*$/, "is not an agent's id, which has lower-case letters, digits, dots and dashes"),
);

/** The name of an account on a forge. */
export const Login = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/,
    "is not a login, which has letters, digits, dots, dashes and underscores, without @",
  ),
  flawless((login) =>
    asciiLowerCase(login) === "ghost" ? "is the name under which forges show accounts that were deleted" : undefined,
  ),
);

/** The number of an account on a forge. */
export const AccountId = v.pipe(
  v.number(),
  v.safeInteger("is not a whole number"),
  v.minValue(1, "is less than 1"),
  v.description("The number that the account keeps when its login changes."),
);

/** One word of a signed line, and a principal of OpenSSH: no pattern, list or option. */
export const WitnessName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "is not a name of letters, digits, dots, dashes and underscores"),
);

/** How many files or lines a commit may have before a rule applies to it. */
export const Limit = wholeNumber(1_000_000);

export const Level = v.pipe(Label, v.description("A name in `levels`."));
