import { describe, expect, it } from "vitest";
import { encodeText } from "../../../bytes.ts";
import { MOST_BYTES } from "../../../diff/text.ts";
import { CountersignError } from "../../../error.ts";
import { type Entry, noEntry } from "../../../merge/entry.ts";
import { objectId } from "../../../object/object-digest.ts";
import type { ObjectId } from "../../../object/oid.ts";
import { approvedPath, Progress } from "./done.ts";

const blobs = new Map<ObjectId, Uint8Array>();
const repository = {
  format: "sha1" as const,
  blob: async (oid: ObjectId, limit: number): Promise<Uint8Array> => {
    const bytes = blobs.get(oid);
    if (!bytes) throw new CountersignError("OBJECT_MISSING", { oid, wanted: "the blob" });
    if (bytes.length > limit) throw new CountersignError("BLOB_TOO_LARGE", { oid, size: bytes.length, limit });
    return bytes;
  },
};

function entry(contents: string | Uint8Array, mode = "100644"): Entry {
  const bytes = typeof contents === "string" ? encodeText(contents) : contents;
  const oid = objectId("blob", bytes, "sha1");
  blobs.set(oid, bytes);
  return { mode, oid };
}

const NOTHING = noEntry("sha1");
const lines = (...all: readonly string[]): Entry => entry(all.map((line) => `${line}\n`).join(""));
const OLD = lines("a", "b", "c", "d", "e");
const NEW = lines("a", "b", "new", "c", "d", "e");
const binary = (digit: number): Entry => entry(Uint8Array.of(0, digit));
const large = (digit: number): Entry => entry(new Uint8Array(MOST_BYTES + 1).fill(digit));
const link = (to: string): Entry => entry(to, "120000");
const executable = ({ oid }: Entry): Entry => ({ mode: "100755", oid });

describe("an approved change is done", () => {
  it.each<[what: string, before: Entry, after: Entry, now: Entry, isDone: boolean]>([
    ["where the path is as it was approved", OLD, NEW, NEW, true],
    ["where nothing was changed", OLD, OLD, NEW, true],
    ["where the file has moved on", OLD, NEW, lines("A", "b", "new", "c", "d", "e"), true],
    ["not where the path is as it was before", OLD, NEW, OLD, false],
    ["not where there is nothing", OLD, NEW, NOTHING, false],
    ["not where the line is another one", OLD, NEW, lines("a", "b", "other", "c", "d", "e"), false],
    ["where a file that was added is there", NOTHING, NEW, NEW, true],
    ["not where another file is in its place", NOTHING, NEW, OLD, false],
    ["not where a file that was added is missing", NOTHING, NEW, NOTHING, false],
    ["where a file that was deleted is missing", OLD, NOTHING, NOTHING, true],
    ["not where it is there", OLD, NOTHING, OLD, false],
    ["not where it is there and was changed", OLD, NOTHING, NEW, false],
    ["where the mode is the approved one", OLD, executable(OLD), executable(OLD), true],
    ["where the mode is that, of a file that has moved on", OLD, executable(OLD), executable(NEW), true],
    ["not where only the mode lacks", OLD, executable(NEW), NEW, false],
    ["not where only the lines lack", OLD, executable(NEW), executable(OLD), false],
    ["where a link leads where it was approved", link("x"), link("y"), link("y"), true],
    ["not where it leads elsewhere", link("x"), link("y"), link("z"), false],
    ["where a binary file is the approved one", binary(1), binary(2), binary(2), true],
    ["not where it is another one", binary(1), binary(2), binary(3), false],
    ["not where it is the old one", binary(1), binary(2), binary(1), false],
    ["not where it is a link", OLD, NEW, link("x"), false],
    ["not where a file is too large to be merged", large(1), large(2), large(3), false],
    ["where a file that is too large is the approved one", large(1), large(2), large(2), true],
  ])("%s", async (_, before, after, now, isDone) => {
    expect(await new Progress(repository).isDone({ before, after }, now)).toBe(isDone);
  });
});

describe("an approved change is less done", () => {
  const repeated = lines("x", "x", "x");
  it.each<[what: string, before: Entry, after: Entry, was: Entry, now: Entry, isLess: boolean]>([
    ["where it was taken out", OLD, NEW, NEW, OLD, true],
    ["not where it was put in", OLD, NEW, OLD, NEW, false],
    ["not where nothing changes", OLD, NEW, OLD, OLD, false],
    ["not where it stays, and the file moves on", OLD, NEW, NEW, lines("A", "b", "new", "c", "d", "e"), false],
    [
      "where it is taken out of a file that has moved on",
      OLD,
      NEW,
      lines("A", "b", "new", "c", "d", "e"),
      lines("A", "b", "c", "d", "e"),
      true,
    ],
    ["not where a line is taken out that it does not add", OLD, NEW, OLD, lines("b", "c", "d", "e"), false],
    [
      "where one of its lines is taken out",
      OLD,
      lines("a", "b", "n1", "n2", "c", "d", "e"),
      lines("a", "b", "n1", "n2", "c", "d", "e"),
      lines("a", "b", "n1", "c", "d", "e"),
      true,
    ],
    [
      "where the second is taken out after the first",
      OLD,
      lines("a", "n1", "b", "c", "d", "n2", "e"),
      lines("a", "b", "c", "d", "n2", "e"),
      OLD,
      true,
    ],
    [
      "not where one is put in after the other",
      OLD,
      lines("a", "n1", "b", "c", "d", "n2", "e"),
      lines("a", "b", "c", "d", "n2", "e"),
      lines("a", "n1", "b", "c", "d", "n2", "e"),
      false,
    ],
    ["where a line comes back that it removes", NEW, OLD, OLD, NEW, true],
    ["not where that line goes", NEW, OLD, NEW, OLD, false],
    ["where a file goes that it adds", NOTHING, NEW, NEW, NOTHING, true],
    ["not where that comes", NOTHING, NEW, NOTHING, NEW, false],
    ["where a file comes back that it deletes", NEW, NOTHING, NOTHING, NEW, true],
    ["where the mode goes back", OLD, executable(OLD), executable(OLD), OLD, true],
    ["not where the mode comes", OLD, executable(OLD), OLD, executable(OLD), false],
    ["where a link goes back", link("x"), link("y"), link("y"), link("x"), true],
    ["where a link goes on to a third place", link("x"), link("y"), link("y"), link("z"), true],
    ["not where a link goes from one other place to another", link("x"), link("y"), link("z"), link("w"), false],
    ["where a binary file goes back", binary(1), binary(2), binary(2), binary(1), true],
    ["not where a binary file comes", binary(1), binary(2), binary(1), binary(2), false],
    ["where a binary file goes on to a third one", binary(1), binary(2), binary(2), binary(3), true],
    ["where a file that is too large goes back", large(1), large(2), large(2), large(1), true],
    ["not where a file that is too large goes on", large(1), large(2), large(3), large(4), false],
    ["where the line is put into another place", OLD, NEW, NEW, lines("a", "b", "c", "d", "new", "e"), true],
    [
      "where a line goes of which there are several",
      repeated,
      lines("x", "x", "x", "x"),
      lines("x", "x", "x", "x"),
      repeated,
      true,
    ],
    ["where a line is written over, though it cannot be merged", OLD, NEW, NEW, lines("a", "B", "C", "d", "e"), true],
    [
      "not where others are written over where it cannot be merged",
      OLD,
      NEW,
      lines("a", "B", "C", "d", "e"),
      lines("a", "X", "Y", "d", "e"),
      false,
    ],
    [
      "where it goes along with what kept it from being merged",
      OLD,
      NEW,
      lines("a", "B", "new", "C", "d", "e"),
      OLD,
      true,
    ],
    [
      "not where one of its lines stays, and the other cannot be merged any more",
      OLD,
      lines("a", "n1", "b", "c", "d", "n2", "e"),
      lines("a", "n1", "b", "c", "d", "e"),
      lines("a", "n1", "b", "c", "D", "e"),
      false,
    ],
    ["not where a link takes the place of a file that did not have it", OLD, NEW, OLD, link("x"), false],
    ["where a link takes the place of a file that had it", OLD, NEW, NEW, link("x"), true],
    ["not where a file without it takes the place of a link", OLD, NEW, link("x"), OLD, false],
    ["not where the mode goes on to a third one", OLD, executable(OLD), OLD, { ...OLD, mode: "120000" }, false],
    ["where a file goes on as a binary one", OLD, NEW, NEW, binary(1), true],
    ["not where a binary one goes on as another", OLD, NEW, binary(1), binary(2), false],
    [
      "not where it comes in where it cannot be merged",
      OLD,
      NEW,
      lines("a", "B", "C", "d", "e"),
      lines("a", "B", "new", "C", "d", "e"),
      false,
    ],
  ])("%s", async (_, before, after, was, now, isLess) => {
    expect(await new Progress(repository).isLessDone({ before, after }, was, now)).toBe(isLess);
  });

  it("where it is too much work to say: unknown is not none", async () => {
    const progress = new Progress(repository);
    const [before, after] = ["a", "b"].map((digit) => entry(digit.repeat(MOST_BYTES)));
    if (!before || !after) throw new Error("there are two");
    let rounds = 0;
    while (rounds < 20 && !(await progress.isLessDone({ before, after }, before, after))) rounds += 1;
    expect(rounds).toBe(16);
  });
});

it("what is not here is not taken for nothing", async () => {
  const absent = { mode: "100644", oid: "9".repeat(40) as ObjectId };
  await expect(new Progress(repository).isDone({ before: OLD, after: NEW }, absent)).rejects.toMatchObject({
    code: "OBJECT_MISSING",
  });
});

it("an approved change leads from what stood there to what is to stand there", () => {
  const change = {
    path: encodeText("a"),
    oldMode: OLD.mode,
    oldOid: OLD.oid,
    newMode: "100755",
    newOid: NEW.oid,
    status: "M",
  } as const;
  expect(approvedPath(change)).toEqual({ before: OLD, after: executable(NEW) });
});
