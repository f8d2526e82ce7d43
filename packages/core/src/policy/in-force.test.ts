import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { CountersignError } from "../error.ts";
import { GITLINK, LINK } from "../object/mode.ts";
import { type ObjectId, parseObjectId } from "../object/oid.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import { choosePolicyFile, inspectPolicyFile, readPolicy, readPolicyBytes, readProtectedBranches } from "./in-force.ts";
import { POLICY_LIMIT } from "./policy-files.ts";

const COMMIT = parseObjectId("c".repeat(40));
const OTHER = parseObjectId("d".repeat(40));
const PLACE = { ref: "refs/heads/main", commit: COMMIT };
const SOUND = "version: 1\nprotect: [{ branches: [main] }]\n";

interface File {
  readonly path: string;
  readonly text?: string;
  readonly mode?: string;
}

const idOf = (at: number): ObjectId => parseObjectId(`${at + 1}`.repeat(40));

function entries(...files: readonly File[]): readonly TreeEntry[] {
  return files.map(({ path, mode = "100644" }, at) => ({ path, mode, oid: idOf(at) }));
}

/** A repository of one commit with these files at its root. A file without text is not there to be read. */
function repository(...files: readonly File[]): Repository {
  const found = {
    rootEntries: async (commit: ObjectId, names: readonly string[]) =>
      commit === COMMIT ? entries(...files).filter(({ path }) => names.includes(path)) : [],
    blob: async (oid: ObjectId, limit: number) => {
      const text = files.find((_, at) => idOf(at) === oid)?.text;
      if (text === undefined) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the policy" });
      if (text.length > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: text.length, limit });
      return encodeText(text);
    },
  };
  return found as unknown as Repository;
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: { code?: unknown }) => error.code,
  );

describe("the policy file of a commit", () => {
  it("is the one file at its root that has the name of one", async () => {
    const found = await readPolicyBytes(
      repository({ path: "README.md", text: "x" }, { path: ".countersignrc", text: "version: 1" }),
      PLACE,
    );
    expect(found).toEqual({
      bytes: encodeText("version: 1"),
      entry: { path: ".countersignrc", mode: "100644", oid: idOf(1) },
      source: "refs/heads/main:.countersignrc",
    });
  });

  it("may be none", async () => {
    const files = repository({ path: "README.md", text: "x" });
    expect(await readPolicyBytes(files, PLACE)).toBeUndefined();
    expect(await readPolicy(files, PLACE)).toBeUndefined();
    expect(
      await readPolicy(repository({ path: ".countersignrc", text: SOUND }), { ...PLACE, commit: OTHER }),
    ).toBeUndefined();
  });

  it("is not chosen from two", () => {
    const two = entries({ path: ".countersignrc" }, { path: "countersign.config.yaml" });
    expect(() => choosePolicyFile(two, "main")).toThrow(
      expect.objectContaining({
        code: "POLICY_AMBIGUOUS",
        what: expect.stringContaining(".countersignrc, countersign.config.yaml"),
      }),
    );
  });

  it.each([LINK, GITLINK, "040000"])("is not read through an entry of mode %s", (mode) => {
    expect(() => choosePolicyFile(entries({ path: ".countersignrc", mode }), "main")).toThrow(
      expect.objectContaining({ code: "POLICY_NOT_A_FILE", what: expect.stringContaining("main:.countersignrc") }),
    );
  });

  it("may be an executable file", () => {
    const [entry] = entries({ path: ".countersignrc", mode: "100755" });
    expect(choosePolicyFile(entries({ path: ".countersignrc", mode: "100755" }), "main")).toEqual({
      entry,
      source: "main:.countersignrc",
    });
  });

  it("that is not here stops with the advice to fetch it, and says what was missing", async () => {
    const error = await readPolicyBytes(repository({ path: ".countersignrc" }), PLACE).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: "POLICY_NOT_FETCHED",
      what: expect.stringContaining("refs/heads/main:.countersignrc"),
      cause: expect.objectContaining({ code: "OBJECT_MISSING" }),
    });
  });

  it("that is too large stops with that, and not as one that is missing", async () => {
    const limit = "x".repeat(POLICY_LIMIT);
    const read = (text: string) => readPolicyBytes(repository({ path: ".countersignrc", text }), PLACE);
    expect(await codeOf(read(limit))).toBeUndefined();
    expect(await codeOf(read(`${limit}x`))).toBe("BLOB_TOO_LARGE");
  });

  it("that cannot be read for a reason of the machine's stops with that reason", async () => {
    const broken = {
      ...repository({ path: ".countersignrc" }),
      blob: () => Promise.reject(new RangeError("no memory")),
    };
    await expect(readPolicyBytes(broken, PLACE)).rejects.toThrow(new RangeError("no memory"));
  });
});

describe("the policy in force", () => {
  it("comes with the place that it was read from", async () => {
    const found = await readPolicy(repository({ path: ".countersignrc", text: SOUND }), PLACE);
    expect(found).toMatchObject({
      policy: { protect: [{ branches: [{ pattern: "main" }] }] },
      ref: "refs/heads/main",
      commit: COMMIT,
      entry: { path: ".countersignrc", mode: "100644", oid: idOf(0) },
    });
  });

  it("is not made of a malformed file, whose problems and place are named", async () => {
    const read = readPolicy(repository({ path: ".countersignrc", text: "version: 1\n" }), PLACE);
    await expect(read).rejects.toMatchObject({
      code: "POLICY_MALFORMED",
      what: expect.stringContaining("refs/heads/main:.countersignrc"),
      details: ["line 1: protect is missing"],
    });
  });

  it("is inspected with every problem, in place of an error", async () => {
    expect(await inspectPolicyFile(encodeText("version: 1\nmode: on\n"))).toMatchObject({
      policy: undefined,
      problems: [
        { line: 1, text: "protect is missing" },
        { line: 2, text: expect.stringContaining("mode is the text") },
      ],
    });
    expect((await inspectPolicyFile(encodeText(SOUND))).problems).toEqual([]);
  });
});

describe("the branches that policy files name as protected", () => {
  const BROKEN = "version: 9\nprotect: [{ branches: [main, 'release/*'] }]\n";
  const named = async (...files: readonly File[]) =>
    (await readProtectedBranches(repository(...files), entries(...files)))?.map(({ pattern }) => pattern);

  it.each<[what: string, files: readonly File[], patterns: readonly string[] | undefined]>([
    ["are those of a file that is not sound", [{ path: "a", text: BROKEN }], ["main", "release/*"]],
    [
      "are those of each of two files",
      [
        { path: "a", text: BROKEN },
        { path: "b", text: SOUND },
      ],
      ["main", "release/*", "main"],
    ],
    ["are those of the file that can be read", [{ path: "a" }, { path: "b", text: SOUND }], ["main"]],
    ["are not looked for behind a link", [{ path: "a", text: SOUND, mode: LINK }], undefined],
    ["are not known of a file that names none", [{ path: "a", text: "version: 1\n" }], undefined],
    ["are not known of a file that is too large", [{ path: "a", text: SOUND.padEnd(POLICY_LIMIT + 1) }], undefined],
    ["are not known where there is no file", [], undefined],
  ])("%s", async (_, files, patterns) => {
    expect(await named(...files)).toEqual(patterns);
  });

  it("are patterns that match branches", async () => {
    const files: readonly File[] = [{ path: "a", text: BROKEN }];
    const globs = await readProtectedBranches(repository(...files), entries(...files));
    expect(globs?.map((glob) => glob.matches("release/1"))).toEqual([false, true]);
  });

  it("are not taken for unknown where reading them failed for a reason of the machine's", async () => {
    const broken = { ...repository({ path: "a" }), blob: () => Promise.reject(new RangeError("no memory")) };
    await expect(readProtectedBranches(broken, entries({ path: "a" }))).rejects.toThrow(new RangeError("no memory"));
  });
});
