import { asciiLowerCase, decodeText, encodeText, joinBytes, LF } from "../bytes.ts";
import { EMERGENCY_KEY, readEmergency } from "../cosign/emergency.ts";
import type { Commit } from "../object/commit.ts";
import type { Identity } from "../object/identity.ts";
import { subjectLine } from "../object/subject-line.ts";
import { readCoAuthors } from "../provenance/authors.ts";
import { detectInMessage } from "../provenance/detect.ts";
import { formatStamp } from "../provenance/stamp.ts";
import type { TracedCommit } from "../records/recorder.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";

/** What a message is to say of the commits that one commit sums up. */
export interface SquashOptions {
  /** The first line; absent, that of the oldest commit. */
  readonly title?: string | undefined;
  /** The address of the one who will be its author, and needs no other line. */
  readonly author?: string | undefined;
}

/**
 * The message of a commit that sums up others, oldest first: a title, what each of them was, all authors, and the marks
 * of AI, wherever they come from, and why they could not wait. Co-signs are not kept: none in a message is over the sum.
 */
export function squashMessage(commits: readonly TracedCommit[], { title, author = "" }: SquashOptions = {}): string {
  const plain = commits.filter(({ commit }) => commit.parents.length < 2);
  const [first] = plain.length > 0 ? plain : commits;
  const head = title ?? (first ? subjectLine(first.commit) : "");
  const subjects = plain.length < 2 ? [] : plain.map(({ commit }) => `* ${subjectLine(commit)}`);
  const people = new Set([asciiLowerCase(author)]);
  const trailers: string[] = [];
  for (const { commit } of commits) {
    for (const { name, email } of makersOf(commit)) {
      const address = asciiLowerCase(email);
      if (people.has(address)) continue;
      people.add(address);
      trailers.push(`Co-authored-by: ${name} <${email}>`);
    }
  }
  trailers.push(...new Set(commits.flatMap(({ commit }) => [...signOffsOf(commit), ...emergencyOf(commit)])));
  const parts = [head, subjects.join("\n"), [...trailers, ...marksOf(commits, trailers)].join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The lines by which a message says what its own lines do not: which agents took part, or that none did. */
function marksOf(commits: readonly TracedCommit[], written: readonly string[]): readonly string[] {
  const assisted = commits.filter(({ provenance }) => provenance.state === "assisted");
  if (assisted.length === 0) {
    const declared = commits.length > 0 && commits.every(({ provenance }) => provenance.state === "declared-human");
    return declared ? ["Assisted-by: none"] : [];
  }
  const kept = new Set(detectInMessage(encodeText(`Sum\n\n${written.join("\n")}\n`)).agents);
  const models = new Map<string, string | undefined>();
  for (const { provenance } of assisted) {
    for (const { agent, strength, model } of provenance.evidence) {
      if (strength === "strong" && !kept.has(agent)) models.set(agent, models.get(agent) ?? model);
    }
  }
  return [...models].map(([agent, model]) => `Assisted-by: ${formatStamp({ agent, model })}`);
}

/**
 * The message of a commit with the marks that stand elsewhere, as in a note of another tool, below its title: at the end
 * they would take the place of the trailers.
 */
export function withMarks(one: TracedCommit): Uint8Array {
  const { message } = one.commit;
  const marks = one.provenance.state === "assisted" ? marksOf([one], [decodeText(message)]) : [];
  if (marks.length === 0) return message;
  const lf = message.indexOf(LF);
  const end = lf < 0 ? message.length : lf;
  return joinBytes([message.subarray(0, end), encodeText(`\n\n${marks.join("\n")}`), message.subarray(end)]);
}

/** The author of a commit, and everyone whom its message names as one. */
function makersOf({ author, message }: Commit): readonly Identity[] {
  return [...(author.email === "" ? [] : [author]), ...readCoAuthors(message)];
}

function emergencyOf(commit: Commit): readonly string[] {
  const emergency = readEmergency(commit);
  return emergency ? [`${EMERGENCY_KEY}: ${emergency.reason}`] : [];
}

function signOffsOf({ message }: Commit): readonly string[] {
  return parseTrailers(message)
    .filter((trailer) => hasKey(trailer, "Signed-off-by"))
    .map(({ value }) => `Signed-off-by: ${decodeText(value)}`);
}
