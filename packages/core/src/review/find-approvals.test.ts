import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { parseObjectId } from "../object/oid.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import { findApprovals, findVerdicts } from "./find-approvals.ts";
import type { Review } from "./review.ts";

const HEAD = parseObjectId("a".repeat(40));
const OTHER = parseObjectId("b".repeat(40));

const POLICY = parsePolicy(
  encodeText(`version: 1
protect: [{ branches: [main] }]
people:
  - { name: Ada, emails: [ada@acme.example], level: senior, github: { login: ada-l, id: 7 }, gitlab: ada }
  - { name: Bob, emails: [bob@acme.example], level: senior, github: Bob }
  - { name: Claude, emails: [claude@acme.example], level: senior, github: { login: Copilot, id: 198982749 } }
  - { name: Dee, emails: [dee@acme.example], level: senior }
`),
  "test",
);

const ADA = { login: "ada-l", id: 7, isBot: false };
const BOB = { login: "bob", id: 8, isBot: false };

let count = 0;
function review(reviewer: Review["reviewer"], state: Review["state"], more: Partial<Review> = {}): Review {
  count += 1;
  return { forge: "github", id: `${count}`, reviewer, state, head: HEAD, submitted: count, ...more };
}

function approving(...reviews: readonly Review[]): readonly string[] {
  return findApprovals(POLICY, reviews, HEAD).map(({ person }) => person.name);
}

describe("an approval of a pull request", () => {
  it.each<[string, readonly Review[]]>([
    ["is one of exactly this head", [review(ADA, "approved")]],
    ["stays where its giver comments later", [review(ADA, "approved"), review(ADA, "commented")]],
    ["may come after a request for changes", [review(ADA, "changes-requested"), review(ADA, "approved")]],
    ["may come after one that was dismissed", [review(ADA, "dismissed"), review(ADA, "approved")]],
    [
      "is found whatever the order of the list",
      [review(ADA, "approved", { submitted: 9e9 }), review(ADA, "dismissed", { submitted: 5 })],
    ],
    ["counts by the number where the login was changed", [review({ ...ADA, login: "ada-lovelace" }, "approved")]],
  ])("%s", (_, reviews) => {
    expect(approving(...reviews)).toEqual(["Ada"]);
  });

  it.each<[string, readonly Review[]]>([
    ["is taken back by a request for changes", [review(ADA, "approved"), review(ADA, "changes-requested")]],
    ["is taken back by being dismissed", [review(ADA, "approved"), review(ADA, "dismissed")]],
    [
      "does not come back once the later one is dismissed",
      [review(ADA, "approved"), review(ADA, "approved", { state: "dismissed" })],
    ],
    [
      "does not come back behind one of another commit",
      [review(ADA, "approved"), review(ADA, "approved", { head: OTHER })],
    ],
    [
      "counts for nothing of the same second as a refusal",
      [review(ADA, "approved", { submitted: 5 }), review(ADA, "changes-requested", { submitted: 5 })],
    ],
    [
      "counts for nothing of the same second, in the other order",
      [review(ADA, "changes-requested", { submitted: 5 }), review(ADA, "approved", { submitted: 5 })],
    ],
    ["is of another commit", [review(ADA, "approved", { head: OTHER })]],
    ["names no commit on a forge that does", [review(ADA, "approved", { head: undefined, newestVersion: 0 })]],
    ["has no time", [review(ADA, "approved", { submitted: Number.NaN })]],
    ["is a comment", [review(ADA, "commented")]],
    ["is by a bot", [review({ ...ADA, isBot: true }, "approved")]],
    ["is by a bot by its name", [review({ login: "bob[bot]", id: 8, isBot: false }, "approved")]],
    [
      "is by an agent that somebody put on the roster",
      [review({ login: "Copilot", id: 198982749, isBot: false }, "approved")],
    ],
    ["is by another account of the same login", [review({ ...ADA, id: 9 }, "approved")]],
    [
      "is by an account without its number, where the roster has it",
      [review({ login: "ada-l", isBot: false }, "approved")],
    ],
    ["is by nobody any more", [review({ login: "ghost", id: 10137, isBot: false }, "approved")]],
    ["is by an account without a name", [review({ login: "", isBot: false }, "approved")]],
    [
      "is by two accounts that had one login",
      [review(BOB, "changes-requested"), review({ ...BOB, id: 9 }, "approved")],
    ],
    ["is by somebody of the same login on another forge", [review({ login: "ada", isBot: false }, "approved")]],
    ["is by somebody whom the roster does not have", [review({ login: "eve", id: 66, isBot: false }, "approved")]],
  ])("counts for nothing where it %s", (_, reviews) => {
    expect(approving(...reviews)).toEqual([]);
  });

  it("is found by the login where the roster has nothing else", () => {
    expect(approving(review({ ...BOB, login: "BOB" }, "approved"))).toEqual(["Bob"]);
  });

  it("is one for each person", () => {
    expect(approving(review(ADA, "approved"), review(BOB, "approved"), review(ADA, "approved"))).toEqual([
      "Ada",
      "Bob",
    ]);
  });

  it.each([
    ["counts where it is later than the newest version", 101, 100, ["Ada"]],
    ["does not of the same second", 100, 100, []],
    ["does not of a version that came later", 100, 101, []],
    ["does not where the newest version is not known", 100, undefined, []],
  ])("without a commit %s", (_, submitted, newestVersion, names) => {
    const reviewer = { login: "Ada", isBot: false };
    const given = review(reviewer, "approved", { forge: "gitlab", head: undefined, submitted, newestVersion });
    expect(approving(given)).toEqual(names);
  });

  it("that does not count says why", () => {
    const flaws = (...reviews: readonly Review[]) => findVerdicts(POLICY, reviews, HEAD).map(({ flaw }) => flaw);
    expect(flaws(review(ADA, "dismissed"))).toEqual(["it was dismissed"]);
    expect(flaws(review(ADA, "approved", { head: OTHER }))).toEqual([
      "it approved bbbbbbbbbbbb, and not what is there now",
    ]);
    expect(flaws(review(ADA, "approved"))).toEqual([undefined]);
  });
});
