import { describe, expect, it } from "vitest";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import type { Ask } from "../gather/case.ts";
import { NO_RELATIONS } from "../relate/relations.ts";
import { violation } from "../violation.ts";
import {
  ADA,
  type Around,
  ask,
  COMMIT,
  claim,
  codesOf,
  DAY,
  GRACE,
  INVALID,
  JIM,
  key,
  mismatched,
  NOW,
  OTHER,
  POLICY,
  signed,
  signedFor,
  verdictOn,
  written,
} from "./case.fixture.ts";
import { decide } from "./decide.ts";

const AUTHOR = new Map([["ada@home.example", "author"]] as const);
const SPENT: Around = {
  relations: {
    defectOf: ({ id }) =>
      id === "used" ? { code: "COSIGN_SPENT", data: { email: "ada@acme.example", other: OTHER } } : undefined,
  },
};
const EXPIRED = key("old", { until: NOW });
const EARLY = key("new", { from: NOW + 1 });
const REVOKED = key("revoked");
const POLICY_CHANGE: Ask = {
  ...ask(),
  why: "policy change",
  rules: ["policyChange"],
  paths: ["countersign.config.yaml"],
  removal: false,
};

describe("an ask is met", () => {
  it.each<[what: string, asks: Partial<Ask["requirement"]>, claims: readonly VerifiedClaim[]]>([
    ["by a signature of the level", {}, [claim(ADA, [signed("a")])]],
    ["by a signature of a higher level", {}, [claim(GRACE, [signed("a")])]],
    ["by a typed line where that does", { proof: "declared" }, [claim(ADA)]],
    ["by a signature where a typed line does", { proof: "declared" }, [claim(ADA, [signed("a")])]],
    ["by a touched key", { proof: "hardware" }, [claim(ADA, [signed("a", { touched: true })])]],
    ["by a signature of the last day", { maxAge: 30 * DAY }, [claim(ADA, [signed("a", { age: 30 * DAY })])]],
    ["by a signature of a clock that is a little ahead", {}, [claim(ADA, [signed("a", { age: -300 })])]],
    ["by as many people as it names", { count: 2 }, [claim(ADA, [signed("a")]), claim(GRACE, [signed("b")])]],
    [
      "by one good signature beside bad ones",
      {},
      [claim(ADA, [mismatched(), signed("a", { by: EXPIRED }), signed("b")])],
    ],
    ["by nobody where it names nobody", { count: 0 }, []],
  ])("%s", (_, needs, claims) => {
    const { violations, requirements } = verdictOn({ asks: [ask(needs)], claims });
    expect(violations).toEqual([]);
    expect(requirements).toMatchObject([{ met: true, by: claims.map(({ email }) => ({ email })) }]);
  });

  it("by the author where own co-signs count", () => {
    const claims = [claim(ADA, [signed("a")])];
    expect(codesOf({ authors: AUTHOR, asks: [ask({ self: true })], claims })).toEqual([]);
  });
});

describe("who could give what is missing", () => {
  const ableOf = (of: Parameters<typeof verdictOn>[0]) => verdictOn(of).violations.map(({ able }) => able?.names);

  it.each<[what: string, of: Parameters<typeof verdictOn>[0], names: readonly string[]]>([
    ["those of the level", { asks: [ask({ proof: "declared" })] }, ["ada", "grace"]],
    [
      "who had an agent write it, where a typed line does",
      { makers: AUTHOR, asks: [ask({ proof: "declared" })] },
      ["ada", "grace"],
    ],
    ["not the author", { authors: AUTHOR, asks: [ask({ proof: "declared" })] }, ["grace"]],
    [
      "the author too, where own co-signs count",
      { authors: AUTHOR, asks: [ask({ proof: "declared", self: true })] },
      ["ada", "grace"],
    ],
    ["not who has given theirs", { asks: [ask({ proof: "declared", count: 2 })], claims: [claim(ADA)] }, ["grace"]],
    ["nobody without a key, where it has to be signed", { asks: [ask({ proof: "signed" })] }, []],
  ])("is %s", (_, of, names) => {
    expect(ableOf(of)).toEqual([names]);
  });

  it("is not who had an agent write it, where a signature has to name whose work it is", () => {
    const people = [ADA, GRACE].map((person) => ({ ...person, keys: [key(person.name)] }));
    const { violations } = verdictOn({ makers: AUTHOR, asks: [ask({ proof: "signed" })] }, { policy: { people } });
    expect(violations.map(({ able }) => able)).toEqual([{ names: ["grace"], others: 0 }]);
  });
});

describe("an ask is not met", () => {
  it.each<[what: string, asks: Partial<Ask["requirement"]>, claims: readonly VerifiedClaim[], code: string]>([
    ["without a co-sign", {}, [], "COSIGN_MISSING"],
    ["by one person twice", { count: 2 }, [claim(ADA, [signed("a")]), claim(ADA, [signed("b")])], "COSIGN_MISSING"],
    ["by somebody who is not on the roster", {}, [claim("eve@evil.example")], "COSIGN_UNKNOWN_SIGNER"],
    ["by too low a level", {}, [claim(JIM, [signed("a")])], "COSIGN_LEVEL"],
    ["by a typed line", {}, [claim(ADA)], "COSIGN_DECLARED_ONLY"],
    ["by a key that was not touched", { proof: "hardware" }, [claim(ADA, [signed("a")])], "COSIGN_NO_TOUCH"],
    ["by a signature over something else", {}, [claim(ADA, [mismatched()])], "COSIGN_MISMATCH"],
    ["by a signature that is too old", { maxAge: DAY }, [claim(ADA, [signed("a", { age: DAY + 1 })])], "COSIGN_STALE"],
    ["by a signature of the future", {}, [claim(ADA, [signed("a", { age: -301 })])], "COSIGN_STALE"],
    ["by a revoked key", {}, [claim(ADA, [signed("a", { by: REVOKED })])], "COSIGN_KEY_REVOKED"],
    ["by a key that has ended", {}, [claim(ADA, [signed("a", { by: EXPIRED })])], "COSIGN_KEY_EXPIRED"],
    ["by a key that has not begun", {}, [claim(ADA, [signed("a", { by: EARLY })])], "COSIGN_KEY_EXPIRED"],
    ["by a key that has ended, whatever it signed", {}, [claim(ADA, [mismatched(EXPIRED)])], "COSIGN_KEY_EXPIRED"],
    [
      "by a failed signature, though a typed line would do",
      { proof: "declared" },
      [claim(ADA, [mismatched()])],
      "COSIGN_MISMATCH",
    ],
    ["by a signature that was used", {}, [claim(ADA, [signed("used")])], "COSIGN_SPENT"],
  ])("%s", (_, needs, claims, code) => {
    const { violations, requirements } = verdictOn({ asks: [ask(needs)], claims }, SPENT);
    expect(violations.map((found) => found.code)).toEqual([code]);
    expect(requirements).toMatchObject([{ met: false }]);
  });

  it("by the author", () => {
    expect(codesOf({ authors: AUTHOR, claims: [claim(ADA, [signed("a")])] })).toEqual(["COSIGN_SELF"]);
  });

  it("and says of each co-sign what it is worth", () => {
    const claims = [claim("eve@evil.example", [], 4), claim(ADA, [signed("a")], 5)];
    expect(verdictOn({ claims }).cosigns).toEqual([
      {
        email: "eve@evil.example",
        proof: "declared",
        where: { carrier: "trailer", line: 4 },
        refused: expect.objectContaining({ code: "COSIGN_UNKNOWN_SIGNER" }),
      },
      { email: "ada@acme.example", proof: "signed", where: { carrier: "trailer", line: 5 } },
    ]);
  });

  it("and then what could not be read is reported too", () => {
    expect(codesOf({ refused: [INVALID] })).toEqual(["COSIGN_MISSING", "COSIGN_INVALID"]);
    expect(codesOf({ refused: [INVALID], claims: [claim(ADA, [signed("a")])] })).toEqual([]);
  });
});

describe("several asks", () => {
  it("are each met or not, and what is wrong for all of them is reported once", () => {
    const asks = [ask(), ask({ level: "principal" }, ["infra"])];
    const { violations, requirements } = verdictOn({ asks, claims: [claim(JIM, [signed("a")])] });
    expect(violations.map(({ code, rules }) => [code, rules])).toEqual([
      ["COSIGN_LEVEL", []],
      ["COSIGN_LEVEL", ["infra"]],
    ]);
    expect(requirements.map(({ met }) => met)).toEqual([false, false]);
    const twice = verdictOn({ asks: [ask(), ask({ maxAge: DAY }, ["young"])], claims: [claim("eve@evil.example")] });
    expect(twice.violations.map(({ code, rules }) => [code, rules])).toEqual([["COSIGN_UNKNOWN_SIGNER", []]]);
  });

  it("say of a co-sign what keeps it from serving one of them, though it serves the others", () => {
    const asks = [ask(), ask({ level: "principal" }, ["infra"])];
    expect(verdictOn({ asks, claims: [claim(ADA, [signed("a")])] }).cosigns).toMatchObject([
      { email: "ada@acme.example", refused: { code: "COSIGN_LEVEL", rules: ["infra"] } },
    ]);
  });

  it("with one for changing the policy name the files that it changes", () => {
    expect(verdictOn({ asks: [POLICY_CHANGE], claims: [claim(JIM, [signed("a")])] }).violations).toMatchObject([
      { code: "COSIGN_LEVEL" },
      { code: "POLICY_CHANGED", data: { paths: ["countersign.config.yaml"] }, rules: ["policyChange"] },
    ]);
    expect(codesOf({ asks: [{ ...POLICY_CHANGE, removal: true }] })).toEqual(["POLICY_REMOVED"]);
  });
});

describe("what no co-sign can mend", () => {
  const denied = violation(
    "DENIED_BY_RULE",
    { reason: "Not here.", agents: ["kiro"] },
    { commit: COMMIT, rules: ["no"] },
  );
  const malformed = violation("COMMIT_MALFORMED", { problem: "it has two authors" }, { commit: COMMIT });

  it("is reported however well it is co-signed", () => {
    const claims = [claim(ADA, [signed("a")])];
    expect(codesOf({ claims, denials: [denied] })).toEqual(["DENIED_BY_RULE"]);
    expect(codesOf({ asks: [], breaches: [malformed] })).toEqual(["COMMIT_MALFORMED"]);
  });

  it("comes before what the co-signs lack", () => {
    expect(codesOf({ denials: [denied], breaches: [malformed] })).toEqual([
      "COMMIT_MALFORMED",
      "DENIED_BY_RULE",
      "COSIGN_MISSING",
    ]);
  });

  it("but a denial ends where a dispute is proven", () => {
    const dispute = { reason: "a formatter", line: 3, ask: { ...ask({ self: true }), why: "dispute" as const } };
    const claims = [claim(ADA, [signed("a")])];
    expect(codesOf({ authors: AUTHOR, claims, dispute, denials: [denied] })).toEqual([]);
    expect(codesOf({ authors: AUTHOR, dispute, denials: [denied] })).toEqual([
      "DENIED_BY_RULE",
      "COSIGN_MISSING",
      "DISPUTE_UNPROVEN",
    ]);
  });
});

describe("a dispute", () => {
  const dispute = {
    reason: "a formatter",
    line: 3,
    ask: { ...ask({ self: true }, ["disputes"]), why: "dispute" as const },
  };

  it("that is proven stands in place of what assisted work is asked", () => {
    const {
      violations,
      requirements,
      dispute: judged,
    } = verdictOn({
      authors: AUTHOR,
      asks: [ask({ count: 2, level: "principal" })],
      claims: [claim(ADA, [signed("a")])],
      dispute,
    });
    expect(violations).toEqual([]);
    expect(requirements).toMatchObject([{ rules: ["disputes"], met: true }]);
    expect(judged).toMatchObject({ reason: "a formatter", line: 3, requirement: { met: true } });
  });

  it("that is proven changes nothing about a change of the policy", () => {
    const claims = [claim(ADA, [signed("a")])];
    expect(codesOf({ authors: AUTHOR, asks: [ask(), POLICY_CHANGE], claims, dispute })).toEqual([
      "COSIGN_SELF",
      "POLICY_CHANGED",
    ]);
  });

  it("that is not proven is reported only where something is refused", () => {
    expect(codesOf({ claims: [claim(JIM, [signed("a")])], dispute })).toEqual(["COSIGN_LEVEL", "DISPUTE_UNPROVEN"]);
    expect(codesOf({ asks: [ask({ level: "junior" })], claims: [claim(JIM, [signed("a")])], dispute })).toEqual([]);
  });

  it("is offered where the policy takes somebody's word and the commit has none", () => {
    const missing = (policy: Around["policy"]) => verdictOn({}, policy ? { policy } : {}).violations[0]?.data;
    expect(missing({ disputes: { level: "senior" } })).toMatchObject({ disputes: "senior" });
    expect(missing(undefined)).not.toHaveProperty("disputes");
  });
});

describe("where a rule lets authors of a level sign their own work", () => {
  const SENIOR = 1;
  const own = (...authors: readonly string[]): readonly string[] => {
    const asks = [{ ...ask({ self: true }), selfFrom: SENIOR }];
    return codesOf({ authors: AUTHOR, asks, claims: [claim(ADA, [signedFor(...authors)])] });
  };

  it.each([
    ["they may sign what they made alone", ["ada@acme.example"]],
    ["under whichever address", ["ada@home.example"]],
    ["with an agent", ["ada@acme.example", "noreply@anthropic.com"]],
    ["with others of that level", ["ada@acme.example", "grace@acme.example"]],
  ])("%s", (_, authors) => {
    expect(own(...authors)).toEqual([]);
  });

  it.each([
    ["a junior", ["ada@acme.example", "jim@acme.example"]],
    ["somebody who is not on the roster", ["ada@acme.example", "eve@evil.example"]],
  ])("they may not sign what was signed as the work of %s too, whoever lands it", (_, authors) => {
    expect(own(...authors)).toEqual(["COSIGN_SELF"]);
  });

  it("nothing is asked of what a signature does not say, and without a level nothing of whose work it is", () => {
    const claims = [claim(ADA, [signed("a")])];
    expect(codesOf({ authors: AUTHOR, asks: [{ ...ask({ self: true }), selfFrom: SENIOR }], claims })).toEqual([]);
    const shared = [claim(ADA, [signedFor("ada@acme.example", "jim@acme.example")])];
    expect(codesOf({ authors: AUTHOR, asks: [ask({ self: true })], claims: shared })).toEqual([]);
  });

  it("anybody else of the level still may", () => {
    const asks = [{ ...ask({ self: true }), selfFrom: SENIOR }];
    const claims = [claim(GRACE, [signedFor("ada@acme.example", "jim@acme.example")])];
    expect(codesOf({ authors: AUTHOR, asks, claims })).toEqual([]);
  });
});

describe("the co-sign of a merge", () => {
  const byMerge = { ...claim(ADA, [signed("m")]), bearer: OTHER };
  const vouched: Around = { relations: { vouchersOf: () => [byMerge] } };

  it("counts where the coverage is merge, and names the merge", () => {
    const { violations, requirements, cosigns } = verdictOn({ asks: [ask({ coverage: "merge" })] }, vouched);
    expect(violations).toEqual([]);
    const by = { email: "ada@acme.example", proof: "signed", time: NOW - DAY, merge: OTHER };
    expect(requirements[0]?.by).toMatchObject([by]);
    expect(cosigns).toEqual([]);
  });

  it("counts for nothing where each commit needs its own", () => {
    expect(codesOf({ asks: [ask({ coverage: "commit" })] }, vouched)).toEqual(["COSIGN_MISSING"]);
  });

  it("does not count for its signer's own commit", () => {
    expect(codesOf({ authors: AUTHOR, asks: [ask({ coverage: "merge" })] }, vouched)).toEqual(["COSIGN_SELF"]);
  });

  it("adds to the commit's own, each person once", () => {
    const asks = [ask({ coverage: "merge", count: 2 })];
    expect(codesOf({ asks, claims: [claim(ADA, [signed("a")])] }, vouched)).toEqual(["COSIGN_MISSING"]);
    expect(codesOf({ asks, claims: [claim(GRACE, [signed("g")])] }, vouched)).toEqual([]);
  });

  it("does not count where it is used up", () => {
    const relations = { ...SPENT.relations, vouchersOf: () => [{ ...byMerge, signatures: [signed("used")] }] };
    expect(codesOf({ asks: [ask({ coverage: "merge" })] }, { relations })).toEqual(["COSIGN_SPENT"]);
  });
});

it("each case is held against its own time", () => {
  const claims = [claim(ADA, [signed("a", { age: 0 })])];
  const cases = [written({ claims }), written({ claims, commit: OTHER })];
  const relations = NO_RELATIONS;
  const now = ({ summary }: (typeof cases)[number]): number => (summary.commit === COMMIT ? NOW : NOW + 31 * DAY);
  const verdicts = decide(POLICY, cases, relations, now);
  expect(verdicts.map(({ violations }) => violations.map(({ code }) => code))).toEqual([[], ["COSIGN_STALE"]]);
});
