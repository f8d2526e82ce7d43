import {
  type CommitVerdict,
  CountersignError,
  type Decision,
  explainViolation,
  type ObjectId,
  parseObjectId,
  type UpdateVerdict,
  type Violation,
} from "@countersign/core";
import { encodeText, undecided } from "@countersign/core/internal";

// Decisions that no repository has to be made for: what a report shows of them is all that these tests are about.

export const [FIRST, SECOND, OLD, NEW] = ["1f", "2e", "3d", "4c"].map((pair) => parseObjectId(pair.repeat(20))) as [
  ObjectId,
  ObjectId,
  ObjectId,
  ObjectId,
];

const NEEDS = {
  count: 1,
  level: "senior",
  proof: "declared",
  maxAge: 2_592_000,
  coverage: "commit",
  reapply: "clean",
  self: false,
} as const;

export const POLICY = {
  ref: "refs/remotes/origin/main",
  commit: OLD,
  entry: { path: "countersign.config.yaml", mode: "100644", oid: NEW },
} as unknown as NonNullable<Decision["policy"]>;

export function missing(commit: ObjectId = FIRST): Violation {
  return { code: "COSIGN_MISSING", data: { have: 0, needs: NEEDS, rules: [] }, rules: [], commit };
}

/** What every report says of such a commit. */
export const NO_COSIGN = explainViolation(missing()).what;

/** An AI-assisted commit; with a violation it is refused. */
export function commit(parts: Partial<CommitVerdict> = {}): CommitVerdict {
  const evidence = {
    kind: "trailer",
    agent: "claude-code",
    where: { line: 3 },
    text: "x",
    strength: "strong",
  } as const;
  return {
    commit: FIRST,
    subject: "Retry uploads",
    path: encodeText("src/upload.ts"),
    provenance: {
      state: "assisted",
      class: "authored",
      agents: ["claude-code"],
      evidence: [{ ...evidence, class: "authored" }],
    },
    requirements: [],
    cosigns: [],
    violations: [missing()],
    ...parts,
  };
}

export function update(parts: Partial<UpdateVerdict> = {}): UpdateVerdict {
  return {
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
}

export function decision(outcome: Decision["outcome"], ...updates: readonly UpdateVerdict[]): Decision {
  return { outcome, policy: POLICY, updates };
}

export const ALLOWED: Decision = decision("allow", update());

/** One commit that passes and one that does not. */
export const REFUSED: Decision = decision(
  "deny",
  update({
    judged: [
      commit(),
      commit({
        commit: SECOND,
        subject: "Add retries",
        violations: [],
        requirements: [
          {
            requirement: NEEDS,
            rules: [],
            met: true,
            by: [{ email: "ada@acme.example", proof: "declared", where: { carrier: "trailer", line: 4 } }],
          },
        ],
        cosigns: [{ email: "ada@acme.example", proof: "declared", where: { carrier: "trailer", line: 4 } }],
      }),
    ],
  }),
);

/** A commit that a person of this name approved on a forge, and somebody else signed. */
export function reviewedBy(name: string): Decision {
  const place = { carrier: "ledger", record: "5a".repeat(32), block: 1 } as const;
  const review = { forge: "github", name } as const;
  const ada = { email: "ada@acme.example", proof: "reviewed", where: place, review } as const;
  const by = [{ email: "grace@acme.example", proof: "signed", where: place } as const, ada];
  const requirements = [{ requirement: NEEDS, rules: [], met: true, by }];
  return decision("allow", update({ judged: [commit({ violations: [], requirements })] }));
}

export const UNDECIDED: Decision = decision(
  "undecided",
  update({ faults: [new CountersignError("HISTORY_SHALLOW", {})] }),
);

/** Nothing was judged: what was named is not there. */
export const UNJUDGED: Decision = undecided(new CountersignError("REVISION_UNKNOWN", { revision: "<gone> & `lost`" }));

/** The same as refused, where the branch only warns. */
export const WARNED: Decision = decision("allow", { ...(REFUSED.updates[0] as UpdateVerdict), mode: "warn" });

/** A decision about one refused commit with this subject, made by this agent, changing this path. */
export function about(subject: string, agent = "claude-code", path = "src/upload.ts"): Decision {
  const one = commit({ subject, path: encodeText(path) });
  return decision("deny", update({ judged: [{ ...one, provenance: { ...one.provenance, agents: [agent] } }] }));
}
