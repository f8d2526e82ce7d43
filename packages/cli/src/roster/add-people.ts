import { CountersignError, fingerprint, type Policy, parsePolicyFile, readPublicKey } from "@countersign/core";
import { type ExitCode, encodeText } from "@countersign/core/internal";
import { readWorkTreePolicyFile, withRepository } from "@countersign/git/internal";
import { escapeLine, wrapText } from "@countersign/report";
import { addToRoster, parseRosterLine, readNamedKey, writePolicy } from "@countersign/setup";
import { type CommandContext, printLines } from "../context.ts";

export interface AddPersonOptions {
  readonly level: string;
  readonly key?: readonly string[];
  readonly dryRun?: boolean;
}

type Added = ReturnType<typeof parseRosterLine>;

/** Puts people on the roster of the work tree's policy, as they sent themselves. 0 done, or nothing to do. */
export function addPeople(
  context: CommandContext,
  named: string | undefined,
  { level, key = [], dryRun = false }: AddPersonOptions,
): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const { cwd, stdout, paint } = context;
    const lines = named === undefined ? await readLines(context) : [named];
    const keys = key.map((text) => readNamedKey(cwd, text));
    const people = lines.map((line) => parseRosterLine(cwd, line));
    const [only] = people;
    if (!only) throw new CountersignError("OPTION_INVALID", { option: "people add", problem: "nobody is named" });
    if (keys.length > 0 && people.length > 1) {
      throw new CountersignError("OPTION_INVALID", { option: "--key", problem: "it belongs to one person" });
    }
    const { name: file, bytes } = await readWorkTreePolicyFile(repository);
    const before = Buffer.from(bytes).toString();
    let text = before;
    const read = (): Promise<Policy> => parsePolicyFile(encodeText(text), file);
    const added: string[] = [];
    for (const person of people) {
      const all = { ...person, keys: [...person.keys, ...keys], level };
      text = addToRoster(file, text, await read(), all);
      added.push(...describe(all, dryRun));
    }
    // What comes out must be as sound as what was there.
    await read();
    if (text === before) {
      await printLines(stdout, [`countersign: ${file} has all of that already`]);
      return 0;
    }
    if (dryRun) {
      await printLines(stdout, added);
      return 0;
    }
    await writePolicy(repository, { name: file, before: bytes, after: text });
    await printLines(stdout, [
      ...added,
      `countersign: ${paint.good(`${escapeLine(file)} changed`)}`,
      ...wrapText("next: ", "compare each fingerprint with its owner, commit the file, and have that commit co-signed"),
    ]);
    return 0;
  });
}

function describe(
  { name, emails, keys, level }: Added & { readonly level: string },
  dryRun: boolean,
): readonly string[] {
  const prints = keys.map((line) => {
    const key = readPublicKey(line);
    return typeof key === "string" ? line : `  ${key.type} ${fingerprint(key)}`;
  });
  return [
    escapeLine(`${dryRun ? "would put in" : "puts in"} ${name} <${emails.join(">, <")}>, level ${level}`),
    ...prints,
  ];
}

/** One person a line. */
async function readLines({ openStdin }: CommandContext): Promise<readonly string[]> {
  const stdin = openStdin();
  if (stdin.isTTY) throw new CountersignError("OPTION_INVALID", { option: "people add", problem: "nobody is named" });
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  // Decoded as a whole: a chunk may end within a letter.
  const text = Buffer.concat(chunks).toString();
  return text.split("\n").filter((line) => line.trim() !== "");
}
