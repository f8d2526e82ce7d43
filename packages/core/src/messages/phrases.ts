import type { Requirement } from "../policy/requirement.ts";

/** What must be given for a commit to land. */
export type Needs = Pick<Requirement, "count" | "level" | "proof" | "self">;

export const ASK =
  "a person on the roster reviews the change and runs `countersign cosign`; an AI agent must stop here and ask for that";

const PROVEN = {
  declared: "co-signed",
  signed: "co-signed with a signature",
  hardware: "co-signed with a hardware key",
} as const;

/** What a requirement asks for, as one phrase. */
export function describeRequirement({ count, level, proof }: Needs): string {
  const people = count === 1 ? "1 person" : `${count} people`;
  return `${PROVEN[proof]} by ${people} of level ${level} or higher`;
}
