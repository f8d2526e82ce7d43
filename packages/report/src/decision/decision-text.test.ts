import {
  type CommitVerdict,
  CountersignError,
  type PolicyInForce,
  parseObjectId,
  type Requirement,
  type UpdateVerdict,
} from "@countersign/core";
import { conclude, DEFAULT_REQUIREMENT, violation } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { formatDecision } from "./decision-text.ts";

const [FIRST, SECOND, OLD, NEW] = ["1f", "2e", "3d", "4c"].map((pair) => parseObjectId(pair.repeat(20))) as [
  never,
  never,
  never,
  never,
];
const NEEDS: Requirement = { ...DEFAULT_REQUIREMENT, proof: "declared" };
const POLICY = {
  ref: "refs/remotes/origin/main",
  commit: OLD,
  entry: { path: "countersign.config.yaml", mode: "100644", oid: NEW },
};

function commit(parts: Partial<CommitVerdict> = {}): CommitVerdict {
  const evidence = {
    kind: "trailer",
    agent: "claude-code",
    where: { line: 3 },
    text: "x",
    strength: "strong",
    class: "authored",
  } as const;
  return {
    commit: FIRST,
    subject: "Retry uploads",
    provenance: { state: "assisted", class: "authored", agents: ["claude-code"], evidence: [evidence] },
    requirements: [],
    cosigns: [],
    violations: [],
    ...parts,
  };
}

function missing(oid: typeof FIRST) {
  return violation("COSIGN_MISSING", { have: 0, needs: NEEDS, rules: [] }, { commit: oid });
}

/** What a person reads of one update. */
function text(parts: Partial<UpdateVerdict>): string {
  const update: UpdateVerdict = {
    update: { ref: "refs/heads/main", old: OLD, new: NEW },
    branch: "main",
    mode: "enforce",
    commits: 2,
    assisted: parts.judged?.length ?? 0,
    judged: [],
    violations: [],
    faults: [],
    ...parts,
  };
  return `\n${formatDecision(conclude(POLICY as unknown as PolicyInForce, [update])).join("\n")}\n`;
}

describe("what a person reads", () => {
  it("of an innocent push is nothing", () => {
    expect(text({}).trim()).toBe("");
  });

  it("of a refused commit is its name, what is wrong, why, and what to do", () => {
    expect(text({ commits: 1, judged: [commit({ violations: [missing(FIRST)] })] })).toMatchInlineSnapshot(`
      "
      countersign: refused refs/heads/main (1 new commit, 1 AI-assisted)

      COSIGN_MISSING: 1f1f1f1f1f1f "Retry uploads"
        it has no co-sign; made with claude-code (line 3)
        why: the policy requires a co-sign from a person of level senior or higher for AI-assisted work
        fix: ask a person on the roster to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that

      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of commits that are refused for the same is told together", () => {
    const judged = [
      commit({ violations: [missing(FIRST)] }),
      commit({ commit: SECOND, subject: "Add retries", violations: [missing(SECOND)] }),
    ];
    expect(text({ judged })).toMatchInlineSnapshot(`
      "
      countersign: refused refs/heads/main (2 new commits, 2 AI-assisted)

      COSIGN_MISSING: 1f1f1f1f1f1f "Retry uploads"
        it has no co-sign; made with claude-code (line 3)
      COSIGN_MISSING: 2e2e2e2e2e2e "Add retries"
        it has no co-sign; made with claude-code (line 3)
        why: the policy requires a co-sign from a person of level senior or higher for AI-assisted work
        fix: ask a person on the roster to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that

      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of tens of thousands of refused commits is each by its own name, and the reason once", () => {
    const judged = Array.from({ length: 70_000 }, (_, number) => {
      const oid = parseObjectId(number.toString(16).padStart(12, "0").padEnd(40, "0")) as never;
      return commit({ commit: oid, subject: `Change ${number}`, violations: [missing(oid)] });
    });
    const lines = text({ judged }).split("\n");
    expect(lines.filter((line) => line.startsWith("COSIGN_MISSING: "))).toEqual(
      judged.map(({ commit, subject }) => `COSIGN_MISSING: ${commit.slice(0, 12)} "${subject}"`),
    );
    expect(lines.filter((line) => line.startsWith("  why: "))).toHaveLength(1);
  });

  it("of a breach of the update names no commit", () => {
    expect(text({ commits: 0, violations: [violation("HISTORY_REWRITTEN", { old: OLD })] })).toMatchInlineSnapshot(`
      "
      countersign: refused refs/heads/main (0 new commits, 0 AI-assisted)

      HISTORY_REWRITTEN: the push drops commits that the branch has: 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d is not an ancestor of the new tip
        why: what has landed on a protected branch must stay on it
        fix: run \`git pull --rebase\` or \`git merge\` first, then push without force

      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of a breach at the tip names the tip", () => {
    const broken = violation(
      "POLICY_BROKEN",
      { problem: "it is not a valid policy", details: ["line 3: no"] },
      { commit: NEW },
    );
    expect(text({ violations: [broken] })).toMatchInlineSnapshot(`
      "
      countersign: refused refs/heads/main (2 new commits, 0 AI-assisted)

      POLICY_BROKEN: the tip 4c4c4c4c4c4c
        the policy it brings is damaged: it is not a valid policy
        - line 3: no
        why: once it has landed, no push could be judged any more, and every push would be refused
        fix: correct the file, then push

      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of a fault is that nothing was decided", () => {
    expect(text({ commits: 0, faults: [new CountersignError("HISTORY_SHALLOW", {})] })).toMatchInlineSnapshot(`
      "
      countersign: cannot decide, so refused refs/heads/main (0 new commits, 0 AI-assisted)

      HISTORY_SHALLOW: the requested history goes back further than this shallow clone
        why: commits that are not here can be neither judged nor listed, and a part must not be taken for the whole
        fix: run \`git fetch --unshallow\` (in CI: fetch-depth 0)

      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of a breach under warn is that it would be refused", () => {
    const [, first] = text({ mode: "warn", commits: 0, violations: [violation("BRANCH_DELETED", {})] }).split("\n");
    expect(first).toBe("countersign: would be refused (mode: warn) refs/heads/main (0 new commits, 0 AI-assisted)");
  });

  it("of an allowed push is who vouched for the assisted work, and how surely", () => {
    const requirements = [
      {
        requirement: NEEDS,
        rules: [],
        met: true,
        by: [
          { email: "ada@acme.example", proof: "declared" as const, where: { carrier: "trailer", line: 4 } as const },
        ],
      },
    ];
    const cosigns = [
      {
        email: "eve@evil.example",
        proof: "declared",
        where: { carrier: "trailer", line: 4 },
        refused: violation("COSIGN_UNKNOWN_SIGNER", { email: "eve@evil.example", line: 5 }),
      },
      { email: "ada@acme.example", proof: "declared", where: { carrier: "trailer", line: 5 } },
    ] as const;
    expect(text({ judged: [commit({ requirements, cosigns })] })).toMatchInlineSnapshot(`
      "
      countersign: allowed refs/heads/main (2 new commits, 1 AI-assisted)
        1f1f1f1f1f1f "Retry uploads"; made with claude-code (line 3); co-signed by ada@acme.example (declared, not proven)
      policy: refs/remotes/origin/main at 3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d, countersign.config.yaml
      "
    `);
  });

  it("of assisted work that needs nobody says so", () => {
    expect(
      text({
        judged: [
          commit({ requirements: [{ requirement: { ...NEEDS, count: 0 }, rules: ["docs"], met: true, by: [] }] }),
        ],
      }),
    ).toContain('1f1f1f1f1f1f "Retry uploads"; made with claude-code (line 3); no co-sign needed');
  });
});

describe("foreign text in a report", () => {
  const hostile = "::set-output name=x::y\r\u001b[2KPASS\u202e";

  it("is escaped wherever it stands", () => {
    const violations = [
      violation("COSIGN_UNKNOWN_SIGNER", { email: hostile, line: 4 }, { commit: FIRST }),
      violation("COMMIT_MALFORMED", { problem: hostile }, { commit: FIRST }),
      violation("DENIED_BY_RULE", { reason: hostile, agents: [hostile] }, { commit: FIRST }),
      violation("POLICY_BROKEN", { problem: hostile, details: [hostile] }, { commit: FIRST }),
    ];
    const told = text({
      update: { ref: `refs/heads/${hostile}`, old: OLD, new: NEW },
      judged: [commit({ subject: hostile, violations })],
      faults: [new CountersignError("STDIN_MALFORMED", { line: hostile, form: "<ref>" })],
    });
    expect(told.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(told).not.toMatch(/^\s*(?:::|##)/m);
  });

  it("fills no screen", () => {
    const many = Array.from({ length: 1000 }, (_, line) =>
      violation("COSIGN_INVALID", { line, problem: "x".repeat(10_000) }, { commit: FIRST }),
    );
    const told = text({ judged: [commit({ subject: "s".repeat(1000), violations: many })] });
    expect(told.split("\n").length).toBeLessThan(40);
    expect(told.length).toBeLessThan(10_000);
  });
});
