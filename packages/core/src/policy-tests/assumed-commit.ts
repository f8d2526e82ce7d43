import { encodeText } from "../bytes.ts";
import { EMERGENCY_KEY } from "../cosign/emergency.ts";
import type { CommitReading } from "../judge/gather/facts.ts";
import type { Change } from "../object/change.ts";
import { parseCommit } from "../object/commit.ts";
import { type ObjectId, parseObjectId, zeroOid } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import { isPolicyChange } from "../policy/policy-files.ts";
import { findPersonByEmail } from "../policy/roster.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import type { AssumedPath, PolicyTest } from "./policy-test.ts";

/** The commit that a test describes, as git would have stored it, and what is read of it. */
export function assumeCommit(policy: Policy, test: PolicyTest, now: number): CommitReading {
  const headers = [
    `tree ${fakeOid("1")}`,
    `parent ${fakeOid("2")}`,
    `author Author <${test.author}> ${now} +0000`,
    `committer Author <${test.author}> ${now} +0000`,
  ];
  const bytes = encodeText(`${headers.join("\n")}\n\n${messageOf(policy, test)}`);
  const commit = parseCommit({ oid: fakeOid("3"), size: bytes.length, bytes });
  const changes = test.paths.map(change);
  return {
    commit,
    provenance: provenanceUnder(policy)(commit),
    changes,
    own: changes,
    mechanical: false,
    policyChanges: changes.filter(isPolicyChange),
  };
}

/** The marks and co-signs stand where people and agents put them, and are found there as in any commit. */
function messageOf(policy: Policy, { message, agents, declaredHuman, emergency, cosigns }: PolicyTest): string {
  const trailers = [
    ...agents.map((agent) => `Assisted-by: ${agent}`),
    ...(emergency === undefined ? [] : [`${EMERGENCY_KEY}: ${emergency}`]),
    ...(declaredHuman ? ["Assisted-by: none"] : []),
    ...cosigns.map(({ who }) => `Co-signed-by: ${findPersonByEmail(policy, who)?.name ?? "Somebody"} <${who}>`),
  ];
  return [message.trimEnd(), ...(trailers.length > 0 ? ["", ...trailers] : []), ""].join("\n");
}

const MODE = "100644";
const NO_MODE = "000000";
const STATUS = { added: "A", modified: "M", deleted: "D" } as const;

function change({ path, status, added, deleted }: AssumedPath): Change {
  const [was, is] = [status !== "added", status !== "deleted"];
  return {
    path: encodeText(path),
    oldMode: was ? MODE : NO_MODE,
    newMode: is ? MODE : NO_MODE,
    oldOid: was ? fakeOid("4") : zeroOid("sha1"),
    newOid: is ? fakeOid("5") : zeroOid("sha1"),
    status: STATUS[status],
    lines: { added, deleted },
  };
}

function fakeOid(digit: string): ObjectId {
  return parseObjectId(digit.repeat(40));
}
