import { encodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import type { Protection } from "../policy/policy.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import { decide } from "./decide/decide.ts";
import type { CommitVerdict } from "./decide/verdict.ts";
import { openCase } from "./gather/open-case.ts";
import { NO_RELATIONS } from "./relate/relations.ts";

const ROSTER = `version: 1
people:
  - { name: Ada, emails: [ada@acme.example, ada@home.example], level: senior }
  - { name: Grace, emails: [grace@acme.example], level: principal }
  - { name: Bob, emails: [bob@acme.example], level: mid }
  - { name: Jim, emails: [jim@acme.example], level: junior }
protect:
  - branches: [main]
`;

export const DECLARED = "cosign: { proof: declared }\n";
export const AGENT = "Co-authored-by: Claude <noreply@anthropic.com>";
export const ADA = "Co-signed-by: Ada <ada@acme.example>";
export const GRACE = "Co-signed-by: Grace <grace@acme.example>";
export const BOB = "Co-signed-by: Bob <bob@acme.example>";
export const EVE = "Co-signed-by: Eve <eve@evil.example>";

/** A change of a file, or with the mode 000000 its end. */
export function change(path: string, newMode = "100644"): Change {
  const [oldOid, newOid] = [zeroOid("sha1"), "1".repeat(40) as ObjectId];
  return {
    path: encodeText(path),
    oldMode: "100644",
    newMode,
    oldOid,
    newOid,
    status: newMode === "000000" ? "D" : "M",
  };
}

/** A commit to be judged. */
export interface Case {
  /** The lines of the last paragraph. */
  readonly trailers?: readonly string[];
  readonly body?: string;
  readonly author?: string;
  readonly changes?: readonly Change[];
  readonly commit?: Partial<Commit>;
}

/** The verdict over a commit that is to land on `main` under the roster and what `policy` adds to it. */
export function judge(
  policy: string,
  { trailers = [], body = "", author = "bob@acme.example", changes = [], commit }: Case,
): CommitVerdict {
  const parsed = parsePolicy(encodeText(ROSTER + policy), "test");
  const subject: Commit = {
    oid: "c".repeat(40) as ObjectId,
    tree: undefined,
    parents: [],
    author: { name: "Somebody", email: author },
    committer: { name: "Somebody", email: author },
    message: encodeText(`Retry uploads\n\n${body}${trailers.join("\n")}\n`),
    ...commit,
  };
  const provenance = provenanceUnder(parsed)(subject);
  const policyChanges = changes.filter(({ path }) => new TextDecoder().decode(path).startsWith("countersign.config"));
  const target = { branch: "main", protection: parsed.protect[0] as Protection };
  const of = openCase(parsed, target, {
    commit: subject,
    provenance,
    changes,
    own: changes,
    policyChanges,
    mechanical: false,
  });
  const [verdict] = decide(parsed, [of], NO_RELATIONS, () => 1_800_000_000);
  return verdict as CommitVerdict;
}

/** What the verdict finds wrong. */
export function codes(policy: string, subject: Case): string[] {
  return judge(policy, subject).violations.map(({ code }) => code);
}

export const POLICY_FILE: Change = change("countersign.config.yaml");
