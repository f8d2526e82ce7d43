import { decodeText } from "../bytes.ts";
import type { Requirement } from "../policy/requirement.ts";

/** What must be given for a commit to land. */
export type Needs = Pick<Requirement, "count" | "level" | "proof" | "self">;

/** Who could give what is missing. */
export interface AblePeople {
  /** Some of them, by name. */
  readonly names: readonly string[];
  /** How many more there are. */
  readonly others: number;
  /** Whether an approval on the forge does. */
  readonly byReview?: boolean;
}

/** What a message that asks for a co-sign may be given. */
export interface Asked {
  /** Absent if that was not looked for. */
  readonly able?: AblePeople | undefined;
}

/** What to do where something can only be kept in a ledger. */
export const NAME_LEDGER = "name a ledger in the policy: `ledger: countersign/ledger`";

/** Ends what only a person may do. */
export const STOP = "an AI agent must stop here and ask for that";

const NOBODY_ABLE =
  "nobody on the roster can give that: ask someone who maintains the policy to add a person or a key (`countersign people add`), or to require less";

const NOBODY_ABLE_THEN =
  "nobody on the roster of that time can give the review: ask someone who maintains the policy to read what landed and to set `baseline` to that commit, with the co-signs that a change of the policy needs";

/** Whom to ask for a co-sign, and how they give it. */
export function ask({ able }: Asked): string {
  if (able?.names.length === 0) return `${NOBODY_ABLE}; ${STOP}`;
  const who = able ? nameSome(able) : "a person on the roster";
  const how = able?.byReview
    ? "to approve the change on the forge, or to review it and run `countersign cosign`"
    : "to review the change and run `countersign cosign`";
  return `ask ${who} ${how}; ${STOP}`;
}

/** Whom to ask for a review of what has landed. */
export function askAfterwards({ able }: Asked): string {
  if (able?.names.length === 0) return `${NOBODY_ABLE_THEN}; ${STOP}`;
  const who = able ? nameSome(able) : "a person on the roster";
  return `ask ${who} to review what landed and run \`countersign cosign --landed COMMIT\`; ${STOP}`;
}

function nameSome({ names, others }: AblePeople): string {
  const all = others === 0 ? names : [...names, others === 1 ? "1 other person" : `one of ${others} others`];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

/** How many files are named; a list of all would say less. */
const MOST_PATHS = 3;

/** Files by their paths, or some of them. */
export function namePaths(paths: readonly Uint8Array[]): string {
  const shown = paths.slice(0, MOST_PATHS).map(decodeText).join(", ");
  return paths.length > MOST_PATHS ? `${shown} and ${paths.length - MOST_PATHS} more files` : shown;
}

/** One co-sign of each proof, and several. */
const COSIGNS = {
  declared: ["a co-sign", "co-signs"],
  reviewed: ["an approving review or signed co-sign", "approving reviews or signed co-signs"],
  signed: ["a signed co-sign", "signed co-signs"],
  hardware: ["a co-sign by hardware key", "co-signs by hardware key"],
} as const;

/** What a requirement asks for, as what the sentence says is needed. */
export function describeRequirement({ count, level, proof }: Needs): string {
  const [one, several] = COSIGNS[proof];
  const who = count === 1 ? `${one} from a person` : `${count} ${several} from people`;
  return `${who} of level ${level} or higher`;
}
