import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { History, POLICY_FILE } from "../history.fixture.ts";
import { policyChangesOf } from "./policy-changes.ts";

const history = new History();
const old = history.policyText();
const start = history.make("Start\n", { files: { [POLICY_FILE]: old, a: "1" } });
const bare = history.make("Bare\n", { files: { a: "1" } });

async function changedBy(oid: ObjectId, inForce: string | null = old) {
  const { commit, own } = await history.read(oid);
  const entry = inForce === null ? undefined : { path: POLICY_FILE, mode: "100644", oid: history.blobId(inForce) };
  return (await policyChangesOf(history, commit, own, entry)).map(({ path }) => String(Buffer.from(path)));
}

describe("a commit changes the policy", () => {
  it("by each of its files that it changes, and by no other", async () => {
    const files = { [POLICY_FILE]: null, ".countersignrc": old, a: "2", "x/countersign.config.yaml": "1" };
    expect(await changedBy(history.make("Rename\n", { parents: [start], files }))).toEqual([
      ".countersignrc",
      POLICY_FILE,
    ]);
    expect(await changedBy(history.make("Work\n", { parents: [start], files: { a: "2" } }))).toEqual([]);
  });

  it("not where it brings one where there was none", async () => {
    expect(await changedBy(history.make("Adopt\n", { parents: [bare], files: { [POLICY_FILE]: old } }))).toEqual([]);
    expect(await changedBy(history.make("Adopt\n", { files: { [POLICY_FILE]: old } }))).toEqual([]);
  });

  it("by a merge where any of its parents had one", async () => {
    const merged = { parents: [bare, start], files: { [POLICY_FILE]: `${old}# new\n` } };
    expect(await changedBy(history.make("Merge\n", merged))).toEqual([POLICY_FILE]);
  });
});

describe("a merge whose parents conflict in the policy", () => {
  const [one, two, three] = ["one", "two", "three"].map((name) => `# ${name}\n${old}`);
  if (!one || !two || !three) throw new Error("there are three");
  const ours = history.make("Ours\n", { parents: [start], files: { [POLICY_FILE]: one } });
  const theirs = history.make("Theirs\n", { parents: [start], files: { [POLICY_FILE]: two } });
  const taking = (text: string, mode = "100644") =>
    history.make("Merge\n", { parents: [ours, theirs], files: { [POLICY_FILE]: [mode, history.blobId(text)] } });

  it("lets go of nothing by taking the one in force", async () => {
    expect(await changedBy(taking(one), one)).toEqual([]);
    expect(await changedBy(taking(two), two)).toEqual([]);
  });

  it("changes it by taking another one, or the same with another mode, or where none is in force", async () => {
    expect(await changedBy(taking(two), one)).toEqual([POLICY_FILE]);
    expect(await changedBy(taking(three), one)).toEqual([POLICY_FILE]);
    expect(await changedBy(taking(one, "100755"), one)).toEqual([POLICY_FILE]);
    expect(await changedBy(taking(one), null)).toEqual([POLICY_FILE]);
  });

  it("changes it by putting the one in force under another name", async () => {
    const [left, right] = [one, two].map((text) =>
      history.make("X\n", { parents: [start], files: { ".countersignrc": text } }),
    );
    if (!left || !right) throw new Error("there are two");
    const merge = history.make("Merge\n", { parents: [left, right], files: { ".countersignrc": one } });
    expect(await changedBy(merge, one)).toEqual([".countersignrc"]);
  });

  it("does not spare a plain commit that brings the one in force back", async () => {
    const back = history.make("Back\n", { parents: [ours], files: { [POLICY_FILE]: old } });
    expect(await changedBy(back)).toEqual([POLICY_FILE]);
    const clean = history.make("Clean\n", { parents: [ours, start], files: { [POLICY_FILE]: old } });
    expect(await changedBy(clean)).toEqual([POLICY_FILE]);
  });
});
