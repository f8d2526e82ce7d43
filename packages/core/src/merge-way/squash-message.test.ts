import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { detectInMessage, detectProvenance } from "../provenance/detect.ts";
import type { TracedCommit } from "../records/recorder.ts";
import { squashMessage, withMarks } from "./squash-message.ts";

const OID = "c".repeat(40) as ObjectId;

function commit(message: string, author = "Bob <bob@acme.example>", parents = 1): TracedCommit {
  const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(author) ?? [];
  const made: Commit = {
    oid: OID,
    tree: undefined,
    parents: Array.from({ length: parents }, () => OID),
    author: { name, email },
    committer: { name, email },
    message: encodeText(message),
  };
  return { commit: made, provenance: detectProvenance(made) };
}

/** A commit of which only a note says that an agent made it. */
function noted(message: string): TracedCommit {
  const plain = commit(message);
  const where = { record: "refs/notes/ai" };
  const sign = { kind: "note", agent: "kiro", where, text: "", strength: "strong", class: "authored" } as const;
  return { ...plain, provenance: { state: "assisted", class: "authored", agents: ["kiro"], evidence: [sign] } };
}

const MARK = "Assisted-by: Claude:claude-opus-5";

describe("the message of a squash", () => {
  it("has the subjects, everyone who made something, and the marks, each once", () => {
    const commits = [
      commit(`Add a\n\n${MARK}\n`),
      commit("Add b\n\nCo-authored-by: Eve <Eve@acme.example>\nSigned-off-by: Bob <bob@acme.example>\n"),
      commit("Merge main\n", "Zoe <zoe@acme.example>", 2),
      commit(`Add c\n\n${MARK}\nSigned-off-by: Bob <bob@acme.example>\n`, "Eve <eve@acme.example>"),
    ];
    expect(squashMessage(commits, { author: "bob@acme.example" })).toBe(`Add a

* Add a
* Add b
* Add c

Co-authored-by: Eve <Eve@acme.example>
Co-authored-by: Zoe <zoe@acme.example>
Signed-off-by: Bob <bob@acme.example>
Assisted-by: Claude Code:claude-opus-5
`);
  });

  it("says of a note's agent what the note said", () => {
    expect(detectInMessage(encodeText(squashMessage([noted("Add a\n"), commit("Add b\n")]))).agents).toEqual(["kiro"]);
  });

  it("says that none took part where each commit says so, and nothing where one is silent", () => {
    const none = commit("Add a\n\nAssisted-by: none\n");
    expect(squashMessage([none, none])).toContain("\nAssisted-by: none\n");
    expect(squashMessage([none, commit("Add b\n")])).not.toContain("Assisted-by");
  });

  it("keeps no co-sign", () => {
    const signed = commit(`Add a\n\n${MARK}\nCo-signed-by: Ada <ada@acme.example>\n`);
    expect(squashMessage([signed])).not.toContain("Co-signed-by");
  });
});

describe("a commit that is rebased", () => {
  it("keeps its message where that tells of the agent", () => {
    const one = commit(`Add a\n\n${MARK}\n`);
    expect(withMarks(one)).toBe(one.commit.message);
  });

  it("says what a note told of it, and keeps its trailers", () => {
    const message = decodeText(withMarks(noted("Add a\n\nCo-signed-by: Ada <ada@acme.example>\n")));
    expect(message).toBe("Add a\n\nAssisted-by: Kiro\n\nCo-signed-by: Ada <ada@acme.example>\n");
  });
});
