import type { ObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { feature, openWorld } from "./files.ts";
import { address } from "./history.ts";
import type { Rules, World } from "./world.ts";

const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";

/** What a forge makes of a message with a mark of AI and a co-sign in its last lines. */
const FORGES: Readonly<Record<string, (message: string) => string>> = {
  "GitHub, of several commits: told as prose, and the people below a line": (message) =>
    `Retry uploads (#12)\n\n* ${message.trim()}\n\n* Say so\n\n---------\n\n${CLAUDE}\n`,
  "GitHub, of one commit: people are moved into a paragraph of their own": (message) =>
    `${message.replace(`${CLAUDE}\n`, "").trim()}\n\n${CLAUDE}\n`,
  "GitHub, of what the pull request says: wrapped, and lines that stood one below the other are joined": (message) =>
    `Retry uploads (#12)\n\n${wrap(message)}\n`,
  "GitHub, that re-emits the one who signed as a co-author": (message) =>
    `${message.trim()}\n\n---------\n\n${CLAUDE}\nCo-authored-by: ada <${address("ada")}>\n`,
  "GitLab, by a template with approvals and people": (message) =>
    `Retry uploads\n\n${message.trim()}\n\nApproved-by: ada <${address("ada")}>\n${CLAUDE}\nSee merge request acme/x!12\n`,
  "Gitea: a line, and who merged": (message) =>
    `${message.trim()}\n---------\n\n${CLAUDE}\nCo-committed-by: carl <carl@acme.example>\n`,
};

/** As words are put into lines of 72 columns: a paragraph is one run of words. */
function wrap(text: string): string {
  const paragraphs = text.trim().split(/\n\n+/);
  return paragraphs
    .map((each) =>
      each
        .split(/\s+/)
        .join(" ")
        .replace(/(.{1,72})(?: |$)/g, "$1\n"),
    )
    .join("\n");
}

/** A branch of one commit by an agent, that says so and that Ada has signed in its message. */
async function signed(w: World): Promise<{ readonly head: ObjectId; readonly message: string }> {
  const made = feature(w, 1, { ai: false });
  const marked = w.commit(w.main, { "a.txt": w.text(made, "a.txt") }, `Retry uploads\n\nBecause.\n\n${CLAUDE}\n`);
  const head = await w.trailer(marked);
  return { head, message: w.repository.messageOf(head) };
}

/** The squash of it with another message, made by the account that opened the request. */
function squashed(w: World, head: ObjectId, message: string): ObjectId {
  return w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, message, { by: "opener", committer: "forge" });
}

describe("where a forge writes the message of a squash, a co-sign in the commit's own is lost, and one in the ledger is not:", () => {
  it.each(Object.entries(FORGES))("%s", async (_, rewrite) => {
    const w = openWorld();
    const { head, message } = await signed(w);
    expect(await w.codes(head)).toEqual([]);
    const landed = squashed(w, head, rewrite(message));
    const lost = await w.judge(landed);
    const [verdict] = lost.updates[0]?.judged ?? [];
    // That an agent made it is seen all the same.
    expect({ outcome: lost.outcome, assisted: verdict?.requirements.length }).toEqual({ outcome: "deny", assisted: 1 });
    await w.sign(head);
    expect(await w.codes(landed)).toEqual([]);
  });

  it.each(Object.entries(FORGES).slice(0, 2))("and says where the lost one stands: %s", async (_, rewrite) => {
    const w = openWorld();
    const { head, message } = await signed(w);
    expect(await w.codes(squashed(w, head, rewrite(message)))).toEqual(
      expect.arrayContaining(["COSIGN_MISPLACED", "COSIGN_MISSING"]),
    );
  });

  it("nor does the landing's author count for one: who made the commit may not be who signs", async () => {
    const w = openWorld();
    const { head } = await signed(w);
    await w.sign(head);
    const byAda = { by: "ada", committer: "forge" };
    const landed = w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, `Retry uploads\n\n${CLAUDE}\n`, byAda);
    expect(await w.codes(landed)).toContain("COSIGN_SELF");
    await w.sign(head, { by: "carl" });
    expect(await w.codes(landed)).toEqual([]);
  });
});

describe("where a forge leaves the message and adds to its last lines, the co-sign in it counts:", () => {
  it.each([
    ["Gerrit's footers", "Change-Id: I6f1e2d\nReviewed-on: https://review/12\nReviewed-by: carl <carl@acme.example>\n"],
    ["Gitea's people", "Co-authored-by: carl <carl@acme.example>\nCo-committed-by: carl <carl@acme.example>\n"],
    ["a sign-off", "Signed-off-by: bob <bob@acme.example>\n"],
  ])("%s, by another committer", async (_, added) => {
    const w = openWorld();
    const { head, message } = await signed(w);
    const author = { by: "bob", committer: "forge" };
    const landed = w.commit(w.main, { "a.txt": w.text(head, "a.txt") }, `${message.trim()}\n${added}`, author);
    expect(await w.codes(landed)).toEqual([]);
    const other = w.commit(w.main, { "a.txt": `${w.text(head, "a.txt")} ` }, `${message.trim()}\n${added}`, author);
    expect(await w.codes(other)).not.toEqual([]);
  });
});

describe("what was approved in one folder and lands in another, since main moved the folder,", () => {
  const INFRA: Rules = { rest: 'rules: [{ name: infra, paths: ["infra/**"], cosign: { level: principal } }]\n' };

  it("is asked for what the other folder asks: a co-sign for the one does not suffice", async () => {
    const w = openWorld(INFRA);
    w.main = w.commit(w.main, { "docs/x": "one\ntwo\nthree\n" }, "docs\n");
    const head = w.commit(w.main, { "docs/x": "one\ntwo\nthree\nfour\n" }, "ai\n", { ai: true });
    await w.sign(head);
    expect(await w.codes(await w.button("squash", head))).toEqual([]);
    w.main = w.commit(w.main, { "docs/x": null, "infra/y": "one\ntwo\nthree\n" }, "move\n", { by: "carl" });
    const landed = w.commit(w.main, { "infra/y": "one\ntwo\nthree\nfour\n" }, "squash\n", { ai: true });
    expect(await w.codes(landed)).toContain("COSIGN_MISSING");
    // Signed as it lands, by who may.
    await w.sign(landed, { by: "kim" });
    expect(await w.codes(landed)).toEqual([]);
    const low = openWorld(INFRA);
    const own = low.commit(low.main, { "infra/x": "one\n" }, "ai\n", { ai: true });
    await low.sign(own);
    expect(await low.codes(own)).toContain("COSIGN_LEVEL");
  });
});
