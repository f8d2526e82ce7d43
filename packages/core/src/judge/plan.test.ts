import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { branchRef, type RefUpdate } from "../ref.ts";
import { destinationOf, History, LEDGER, POLICY_FILE, TYPED } from "./history.fixture.ts";
import { plan } from "./plan.ts";
import type { Push } from "./push.ts";

const NONE = zeroOid("sha1");
const history = new History();
const text = (more = "") => history.policyText(`ledger: ${LEDGER}\n${more}`);
const start = history.make("Start\n", { files: { [POLICY_FILE]: text() } });
const work = history.make(TYPED, { parents: [start], files: { a: "1" } });
const more = history.make(TYPED, { parents: [work], files: { a: "2" } });
const tag = history.put("tag", Buffer.from(`object ${work}\ntype commit\ntag v1\n\n`));
const blob = history.blobId("a file");
const absent = "9".repeat(40) as ObjectId;

function pushOf(update: RefUpdate, parts: Partial<Push> & { readonly policyMore?: string } = {}): Push {
  const { policyMore = "", ...rest } = parts;
  const policy = {
    policy: history.policy(`ledger: ${LEDGER}\n${policyMore}`),
    ref: "refs/heads/main",
    commit: start,
    entry: { path: POLICY_FILE, mode: "100644", oid: history.blobId(text()) },
  };
  return { updates: [update], destination: destinationOf({ main: start }), policy, ...rest };
}

const update = (ref: string, now: ObjectId, old: ObjectId = start): RefUpdate => ({ ref, old, new: now });
const MAIN = branchRef("main");

async function planned(of: RefUpdate, parts: Parameters<typeof pushOf>[1] = {}, repository = history) {
  const [found] = (await plan(repository, pushOf(of, parts))).updates;
  if (!found) throw new Error("there is one update");
  return found;
}

/** What is wrong with an update, before anything is judged. */
async function wrong(...asked: Parameters<typeof planned>) {
  const found = await planned(...asked);
  return "tip" in found ? "a landing" : [...found.violations, ...found.faults].map(({ code }) => code);
}

describe("a landing", () => {
  it("is a commit that is put on a protected branch", async () => {
    expect(await planned(update(MAIN, work))).toMatchObject({
      branch: "main",
      tip: work,
      old: start,
      stood: start,
      judged: [start],
      faults: [],
      isShort: true,
    });
  });

  it("is short where every parent of its tip is judged", async () => {
    expect(await planned(update(MAIN, more))).toMatchObject({ isShort: false });
    const merge = history.make("Merge\n", { parents: [start, work] });
    expect(await planned(update(MAIN, merge))).toMatchObject({ isShort: false });
    const root = history.make("Root\n");
    expect(await planned(update(MAIN, root))).toMatchObject({ isShort: false });
    const malformed = history.make("X\n", { parents: [start], headers: "author Eve <e@x> 1 +0000\n" });
    expect(await planned(update(MAIN, malformed))).toMatchObject({ isShort: false });
  });

  it("of a branch that is created stands on nothing", async () => {
    const created = await planned(update(MAIN, work, NONE));
    expect(created).toMatchObject({ tip: work, old: undefined, stood: undefined, faults: [] });
  });

  it("stands where the branch was last seen, if the old tip is not here, which is a fault", async () => {
    expect(await planned(update(MAIN, work, absent))).toMatchObject({
      old: undefined,
      stood: start,
      judged: [start],
      faults: [{ code: "TIP_UNKNOWN" }],
    });
  });

  it("is of the branch that a symbolic ref stands for", async () => {
    const destination = destinationOf({ main: start }, { "refs/heads/trunk": MAIN });
    expect(await planned(update("refs/heads/trunk", work), { destination })).toMatchObject({
      branch: "main",
      tip: work,
    });
  });

  it("knows what else counts as judged once other branches have moved", async () => {
    const push = pushOf(update(MAIN, more, NONE), { destination: destinationOf({}) });
    const { updates, after } = await plan(history, push);
    const [landing] = updates;
    if (!landing || !("tip" in landing)) throw new Error("it is a landing");
    expect(await after(landing, new Map())).toBeUndefined();
    const policy = pushOf(update("refs/heads/next", more, NONE), {
      policyMore: 'protect: [{ branches: [next], accepts: ["main"] }]\n',
    });
    const next = await plan(history, policy);
    const [created] = next.updates;
    if (!created || !("tip" in created)) throw new Error("it is a landing");
    expect(await next.after(created, new Map([["main", work]]))).toMatchObject({ tip: more, judged: [start, work] });
    expect(await next.after(created, new Map([["topic", work]]))).toBeUndefined();
  });
});

describe("nothing is judged of", () => {
  it("a ref that nothing protects", async () => {
    expect(await planned(update("refs/heads/topic", work))).toEqual({
      update: update("refs/heads/topic", work),
      branch: undefined,
      mode: "enforce",
      commits: 0,
      assisted: 0,
      judged: [],
      violations: [],
      faults: [],
    });
    expect(await wrong(update("refs/tags/main", work))).toEqual([]);
    const everything = 'protect: [{ branches: ["**"] }]\n';
    expect(await wrong(update("refs/tags/main", work), { policyMore: everything })).toEqual([]);
    expect(await wrong(update("refs/heads/topic", work), { policyMore: everything })).toBe("a landing");
  });

  it("any ref where there is no policy", async () => {
    expect(await wrong(update(MAIN, work), { policy: undefined })).toEqual([]);
    const { after, updates } = await plan(history, pushOf(update(MAIN, work)));
    const [landing] = updates;
    if (!landing || !("tip" in landing)) throw new Error("it is a landing");
    const none = await plan(history, pushOf(update(MAIN, work), { policy: undefined }));
    expect(await none.after(landing, new Map([["main", work]]))).toBeUndefined();
    expect(await after(landing, new Map([["main", work]]))).toBeUndefined();
  });
});

describe("what is said of an update names", () => {
  const faultOf = async (of: RefUpdate) => (await planned(of)).faults[0]?.what;

  it("the ref, and the object that is no commit or not here", async () => {
    expect(await faultOf(update(MAIN, blob))).toContain(MAIN);
    expect(await faultOf(update(MAIN, blob))).toContain(blob.slice(0, 12));
    expect(await faultOf(update(MAIN, work, absent))).toContain(MAIN);
    expect(await faultOf(update(MAIN, work, absent))).toContain(absent.slice(0, 12));
    const named = await planned(update("refs/heads/HEAD", work));
    expect("tip" in named ? [] : named.violations).toMatchObject([{ data: { ref: "refs/heads/HEAD" } }]);
  });
});

describe("an update is refused that", () => {
  it("deletes a protected branch, in the mode of that branch", async () => {
    expect(await planned(update(MAIN, NONE))).toMatchObject({
      branch: "main",
      mode: "enforce",
      violations: [{ code: "BRANCH_DELETED" }],
    });
    const policyMore = "protect: [{ branches: [main], mode: warn }]\n";
    expect(await planned(update(MAIN, NONE), { policyMore })).toMatchObject({
      mode: "warn",
      violations: [{ code: "BRANCH_DELETED" }],
    });
    expect(await wrong(update("refs/heads/topic", NONE))).toEqual([]);
  });

  it("puts something on a protected branch that is no commit", async () => {
    expect(await wrong(update(MAIN, blob))).toEqual(["NOT_A_COMMIT"]);
    expect(await planned(update(MAIN, absent))).toMatchObject({
      branch: "main",
      mode: "enforce",
      faults: [{ code: "NOT_A_COMMIT" }],
    });
    expect(await wrong(update(MAIN, tag))).toEqual(["NOT_A_COMMIT"]);
  });

  it("cannot be read, and a defect of ours is thrown", async () => {
    const failing = (error: Error) =>
      Object.assign(new History(), {
        objects: history.objects,
        commit: async () => {
          throw error;
        },
      });
    const missing = new CountersignError("OBJECT_MISSING", { oid: work, wanted: "the commit" });
    expect(
      await planned(
        update(MAIN, work),
        { policyMore: "protect: [{ branches: [main], mode: warn }]\n" },
        failing(missing),
      ),
    ).toMatchObject({ branch: "main", mode: "warn", faults: [{ code: "OBJECT_MISSING" }] });
    await expect(planned(update(MAIN, work), {}, failing(new Error("a defect")))).rejects.toThrow("a defect");
  });

  it.each(["refs/replace/x", "refs/heads/HEAD"])("brings %s, wherever there is a policy or may be one", async (ref) => {
    const code = ref === "refs/replace/x" ? "REPLACEMENT_PUSHED" : "BRANCH_NAMED_HEAD";
    expect(await wrong(update(ref, work))).toEqual([code]);
    expect(await wrong(update(ref, NONE))).toEqual([]);
    expect(await wrong(update(ref, work), { policy: undefined })).toEqual([]);
    const doubt = { fault: new CountersignError("TIP_UNKNOWN", { ref: MAIN, old: absent }), mayProtect: () => false };
    expect(await planned(update(ref, work), { policy: undefined, doubt })).toMatchObject({
      mode: "enforce",
      violations: [{ code }],
    });
    expect(await planned(update(ref, work), { policyMore: "mode: warn\n" })).toMatchObject({
      mode: "warn",
      violations: [{ code }],
    });
  });

  it("moves a branch of which it is not known whether it is protected", async () => {
    const fault = new CountersignError("TIP_UNKNOWN", { ref: MAIN, old: absent });
    const doubt = { fault, mayProtect: (branch: string) => branch === "main" };
    expect(await planned(update(MAIN, work), { policy: undefined, doubt })).toMatchObject({
      branch: "main",
      mode: "enforce",
      faults: [fault],
    });
    expect(await wrong(update("refs/heads/topic", work), { policy: undefined, doubt })).toEqual([]);
    expect(
      await wrong(update("refs/tags/v1", work), { policy: undefined, doubt: { ...doubt, mayProtect: () => true } }),
    ).toEqual([]);
    const destination = destinationOf({ main: start }, { "refs/heads/trunk": MAIN });
    expect(await wrong(update("refs/heads/trunk", work), { policy: undefined, doubt, destination })).toEqual([
      "TIP_UNKNOWN",
    ]);
  });

  it("takes something out of the ledger, in the policy's mode", async () => {
    const ledger = history.commitAll();
    expect(await planned(update(branchRef(LEDGER), NONE, ledger))).toMatchObject({
      branch: undefined,
      mode: "enforce",
      violations: [{ code: "LEDGER_REWRITTEN" }],
    });
    expect(await planned(update(branchRef(LEDGER), NONE, ledger), { policyMore: "mode: warn\n" })).toMatchObject({
      mode: "warn",
    });
    expect(await wrong(update(branchRef(LEDGER), ledger, NONE))).toEqual([]);
  });
});
