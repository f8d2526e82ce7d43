import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { provenanceUnder } from "../../provenance/under-policy.ts";
import { change } from "../commit-verdict.fixture.ts";
import { AI, History, type Made, POLICY_FILE, TYPED } from "../history.fixture.ts";
import type { CommitReading } from "./facts.ts";
import { openCase, openRollback } from "./open-case.ts";

const TERMS = "disputes: { level: senior }\nemergency: { level: senior, reviewWithin: 3d }\n";
const history = new History();
const start = history.make("Start\n", { files: { a: "1" } });

interface Opened extends Made {
  readonly message?: string;
  readonly policy?: string;
  readonly policyChanges?: CommitReading["policyChanges"];
  readonly mechanical?: boolean;
  readonly own?: CommitReading["own"];
}

async function readingOf({
  message = AI,
  policy: more = "",
  policyChanges = [],
  mechanical = false,
  own,
  ...made
}: Opened) {
  const policy = history.policy(more);
  const read = await history.read(history.make(message, { parents: [start], files: { b: "1" }, ...made }));
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  const target = { branch: "main", protection };
  const reading = {
    ...read,
    own: own ?? read.own,
    provenance: provenanceUnder(policy)(read.commit),
    policyChanges,
    mechanical,
  };
  return { policy, target, reading };
}

async function opened(of: Opened = {}) {
  const { policy, target, reading } = await readingOf(of);
  return openCase(policy, target, reading);
}

const MALFORMED = { headers: "author Eve <eve@acme.example> 1 +0000\n" };
const POLICY = [change(POLICY_FILE)];
const trailers = (count: number) => `Retry uploads\n\n${"K: v\n".repeat(count - 1)}Assisted-by: Kiro:x\n`;
const codesIn = (violations: readonly { readonly code: string }[]) => violations.map(({ code }) => code);

describe("of a commit is asked", () => {
  it("what assisted work needs", async () => {
    const found = await opened();
    expect(found.asks.map(({ why }) => why)).toEqual(["assisted"]);
    expect([...found.authors.keys()]).toEqual(["bob@acme.example"]);
    expect(found).toMatchObject({ denials: [], breaches: [], claims: [], mismatches: [], refused: [] });
    for (const absent of ["dispute", "emergency", "doubt"]) expect(found).not.toHaveProperty(absent);
  });

  it("nothing where no AI took part, or a merge does nothing itself", async () => {
    for (const of of [{ message: "Work\n" }, { mechanical: true, message: TYPED }]) {
      const found = await opened(of);
      expect(found).toMatchObject({ asks: [], denials: [], breaches: [], claims: [], mismatches: [], refused: [] });
      expect([...found.authors]).toEqual([]);
    }
  });

  it("what changing the policy needs, whoever does, and both of assisted work that does", async () => {
    expect((await opened({ message: "Work\n", policyChanges: POLICY })).denials).toEqual([]);
    expect((await opened({ message: "Work\n", policyChanges: POLICY })).asks.map(({ why }) => why)).toEqual([
      "policy change",
    ]);
    expect((await opened({ policyChanges: POLICY })).asks.map(({ why }) => why)).toEqual(["assisted", "policy change"]);
    expect((await opened({ policyChanges: POLICY, mechanical: true })).asks.map(({ why }) => why)).toEqual([
      "assisted",
      "policy change",
    ]);
  });

  it("by rules about its own changes, its agents and the level of its authors", async () => {
    const rules = (when: string) => `rules: [{ name: r, ${when}, deny: No. }]\n`;
    const denied = async (when: string, of: Opened = {}) =>
      codesIn((await opened({ ...of, policy: rules(when) })).denials);
    expect(await denied('paths: ["b"]')).toEqual(["DENIED_BY_RULE"]);
    expect(await denied('paths: ["b"]', { own: [change("c")] })).toEqual([]);
    expect(await denied("agents: [kiro]")).toEqual(["DENIED_BY_RULE"]);
    expect(await denied("agents: [claude-code]")).toEqual([]);
    expect(await denied("authors: { level: senior }")).toEqual([]);
    expect(await denied("authors: { level: senior }", { author: "ada" })).toEqual(["DENIED_BY_RULE"]);
    const [denial] = (await opened({ policy: rules("agents: [kiro]") })).denials;
    expect(denial?.commit).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe("a commit that says nothing of its making", () => {
  const REQUIRED = { policy: "disclosure: required\n", message: "Work\n" };

  it("is refused where that is asked for", async () => {
    const { breaches, summary } = await opened(REQUIRED);
    expect(breaches).toEqual([{ code: "DISCLOSURE_MISSING", data: {}, commit: summary.commit, rules: [] }]);
    expect(codesIn((await opened({ ...REQUIRED, policyChanges: POLICY })).breaches)).toEqual(["DISCLOSURE_MISSING"]);
  });

  it("is not where it is a merge that does nothing itself, or says so, or nobody asks", async () => {
    expect((await opened({ ...REQUIRED, mechanical: true })).breaches).toEqual([]);
    expect((await opened({ ...REQUIRED, message: AI })).breaches).toEqual([]);
    expect((await opened({ message: "Work\n" })).breaches).toEqual([]);
  });
});

describe("a commit is refused unread", () => {
  it("that is malformed", async () => {
    const found = await opened({ ...MALFORMED, message: TYPED, policyChanges: POLICY });
    expect(found).toMatchObject({
      asks: [],
      claims: [],
      breaches: [
        {
          code: "COMMIT_MALFORMED",
          data: { problem: expect.stringContaining("author") },
          commit: found.summary.commit,
        },
      ],
    });
    expect(found.breaches).toHaveLength(1);
  });

  it("that has more trailers than any person writes", async () => {
    const found = await opened({ message: trailers(1001), policy: "disclosure: required\n" });
    expect(found).toMatchObject({
      asks: [],
      breaches: [{ code: "COMMIT_MALFORMED", data: { problem: "it has 1001 trailers; the limit is 1000" } }],
    });
    expect(await opened({ message: trailers(1000) })).toMatchObject({ breaches: [], asks: [{ why: "assisted" }] });
  });

  it("and what else is wrong with it is said too", async () => {
    const many = `Work\n\n${"K: v\n".repeat(1001)}`;
    const found = await opened({ message: many, policy: "disclosure: required\n", policyChanges: POLICY });
    expect(codesIn(found.breaches)).toEqual(["DISCLOSURE_MISSING", "COMMIT_MALFORMED"]);
  });
});

describe("a commit has to show", () => {
  it("its co-signs, verified for the branch, and what could not be read", async () => {
    const policy = history.policy();
    const made = { parents: [start], files: { b: "1" } };
    const signed = await history.read(
      await history.cosign(`${AI}Co-signed-by: nobody\n`, made, { policy, base: start }),
    );
    const reading = {
      ...signed,
      provenance: provenanceUnder(policy)(signed.commit),
      policyChanges: [],
      mechanical: false,
    };
    const [protection] = policy.protect;
    if (!protection) throw new Error("it protects main");
    const found = openCase(policy, { branch: "main", protection }, reading);
    expect(found).toMatchObject({
      claims: [{ bearer: signed.commit.oid, email: "ada@acme.example", signatures: [{ result: { proof: "signed" } }] }],
      refused: [{ code: "COSIGN_INVALID" }],
    });
    const elsewhere = openCase(policy, { branch: "next", protection }, reading);
    expect(elsewhere.claims[0]?.signatures).toMatchObject([{ result: { code: "COSIGN_MISMATCH" } }]);
  });

  it("nothing where there are too many co-signs: then it is not decided on", async () => {
    const crowd = (people: number) =>
      AI + Array.from({ length: people }, (_, n) => `Co-signed-by: P <p${n}@x>\n`).join("");
    const silent = {
      message: crowd(101).replace(/Assisted-by.*\n/, ""),
      policy: "disclosure: required\n",
      policyChanges: POLICY,
    };
    const found = await opened(silent);
    expect(found).toMatchObject({ asks: [], claims: [], doubt: { code: "COSIGNS_TOO_MANY" } });
    expect(codesIn(found.breaches)).toEqual(["DISCLOSURE_MISSING"]);
    const large = await opened({ message: crowd(101) });
    expect(large).toMatchObject({ asks: [], claims: [], breaches: [], doubt: { code: "COSIGNS_TOO_MANY" } });
    expect((await opened({ message: crowd(100) })).claims).toHaveLength(100);
  });

  it("an encoding in which a co-sign means what it says", async () => {
    const found = await opened({ message: TYPED, headers: "encoding IBM037\n" });
    expect(found.breaches).toEqual([
      { code: "COMMIT_ENCODING", data: { encoding: "IBM037" }, commit: found.summary.commit, rules: [] },
    ]);
    const doubtful = await opened({ message: TYPED, headers: "encoding GBK\n" });
    expect(doubtful).toMatchObject({ asks: [{ why: "assisted" }], claims: [], refused: [{ code: "COSIGN_INVALID" }] });
    expect(codesIn(doubtful.breaches)).toEqual(["COMMIT_ENCODING"]);
    expect((await opened({ message: TYPED, headers: "encoding ISO-8859-1\n" })).breaches).toEqual([]);
  });
});

describe("a commit's own word", () => {
  const DENIAL = "Work\n\nCo-authored-by: Claude <noreply@anthropic.com>\nAssisted-by: none (the editor added it)\n";

  it("that its marks are wrong is asked to be proven, where the policy takes anyone's", async () => {
    expect((await opened({ message: DENIAL, policy: TERMS })).dispute).toMatchObject({
      reason: "the editor added it",
      line: 4,
      ask: { why: "dispute", requirement: { level: "senior", proof: "signed" } },
    });
    expect(await opened({ message: DENIAL })).not.toHaveProperty("dispute");
    expect(await opened({ message: AI, policy: TERMS })).not.toHaveProperty("dispute");
  });

  it("is no dispute where it has no marks", async () => {
    const found = await opened({
      message: "Work\n\nAssisted-by: none (by hand)\n",
      policy: TERMS,
      policyChanges: POLICY,
    });
    expect(found.asks.map(({ why }) => why)).toEqual(["policy change"]);
    expect(found).not.toHaveProperty("dispute");
  });

  it("is to be proven as surely as all that it waives", async () => {
    const policy = `${TERMS}rules: [{ name: infra, paths: ["b"], cosign: { proof: hardware } }]\n`;
    expect((await opened({ message: DENIAL, policy })).dispute?.ask.requirement.proof).toBe("hardware");
  });

  it("that it cannot wait is heard where the policy knows emergencies", async () => {
    const message = `${AI}Emergency: uploads fail\n`;
    const { asks, emergency } = await opened({ message, policy: TERMS });
    expect(emergency).toMatchObject({ reason: "uploads fail", line: 4 });
    const instead = emergency && "instead" in emergency ? [...emergency.instead] : [];
    expect(instead).toMatchObject([[asks[0], { why: "emergency", requirement: { count: 1, level: "senior" } }]]);
    expect((await opened({ message })).emergency).toMatchObject({ idle: "not foreseen" });
    expect((await opened({ message, policy: TERMS, policyChanges: POLICY })).emergency).toMatchObject({
      idle: "policy change",
    });
    expect(await opened({ policy: TERMS })).not.toHaveProperty("emergency");
    const free = await opened({ message, policy: `${TERMS}cosign: { count: 0 }\n` });
    expect(free.emergency && "instead" in free.emergency && free.emergency.instead.size).toBe(0);
  });
});

describe("what is shown of a commit", () => {
  it("is its subject, its first path that stays, and how it was made", async () => {
    const own = [change("gone", "000000"), change("stays"), change("too")];
    const { summary } = await opened({ own });
    expect(summary).toMatchObject({ subject: "Retry uploads", provenance: { state: "assisted" } });
    expect(String(Buffer.from(summary.path ?? []))).toBe("stays");
    for (const absent of ["rawSubject", "mechanical"]) expect(summary).not.toHaveProperty(absent);
    const gone = await opened({ own: own.slice(0, 1) });
    expect(String(Buffer.from(gone.summary.path ?? []))).toBe("gone");
    expect((await opened({ own: [] })).summary).not.toHaveProperty("path");
    expect((await opened({ mechanical: true })).summary.mechanical).toBe(true);
  });

  it("is a copy: a part of something larger keeps all of it in memory", async () => {
    const path = Buffer.from("large/stays").subarray(6);
    const { summary } = await opened({ own: [{ ...change(""), path }] });
    expect(summary.path?.buffer.byteLength).toBe(5);
  });

  it("is the bytes of its subject too, where those are no UTF-8", async () => {
    const read = await readingOf({});
    const message = new Uint8Array([0xff, ...encodeText("x\n\nAssisted-by: Kiro:x\n")]);
    const reading = { ...read.reading, commit: { ...read.reading.commit, message } };
    const { summary } = openCase(read.policy, read.target, reading);
    expect(summary.subject).toBe("\ufffdx");
    expect([...(summary.rawSubject ?? [])]).toEqual([0xff, 0x78]);
    expect(summary.rawSubject?.buffer.byteLength).toBe(2);
  });
});

describe("a merge that lets go of the policy", () => {
  async function rolledBack(of: Opened) {
    const { policy, target, reading } = await readingOf({ policyChanges: POLICY, ...of });
    return openRollback(policy, target, reading);
  }

  it("is asked for that alone", async () => {
    const found = await rolledBack({ message: TYPED, policy: "disclosure: required\n" });
    expect(found.asks.map(({ why }) => why)).toEqual(["policy change"]);
    expect(found).toMatchObject({ breaches: [], denials: [], claims: [{ email: "ada@acme.example" }] });
    expect([...found.authors.keys()]).toEqual(["bob@acme.example"]);
  });

  it("is refused unread where it is malformed, or has too many trailers", async () => {
    for (const of of [MALFORMED, { message: trailers(1001) }]) {
      const found = await rolledBack(of);
      expect(codesIn(found.breaches)).toEqual(["COMMIT_MALFORMED"]);
      expect(found.asks).toEqual([]);
    }
  });
});
