import { describe, expect, it } from "vitest";
import { readAuthors } from "./authors.ts";
import { body, by, commit, OID } from "./detect-case.fixture.ts";

/** Everybody but the author. */
function coAuthors(...lines: string[]): string[] {
  return [...readAuthors(body(...lines))].filter(([, part]) => part === "co-author").map(([email]) => email);
}

const GRACE = "grace@acme.example";

describe("who made a commit", () => {
  it("is its author, by the address in lower case", () => {
    expect([...readAuthors(by("Ada <Ada@Example.org>"))]).toEqual([["ada@example.org", "author"]]);
  });

  it("is nobody where the author has no address", () => {
    expect([...readAuthors(by("Ada <>"))]).toEqual([]);
  });

  it("is the author as the author, also where a line names them", () => {
    expect([...readAuthors(body("Co-authored-by: Ada <ada@example.org>"))]).toEqual([["ada@example.org", "author"]]);
  });

  it.each<[what: string, lines: string[]]>([
    ["by git's word", [`Co-authored-by: Grace <${GRACE}>`]],
    ["by the kernel's word", [`Co-developed-by: Grace <${GRACE}>`]],
    ["by a shorter word", [`Co-author: Grace <${GRACE}>`]],
    ["without the hyphen", [`Coauthored-by: Grace <${GRACE}>`]],
    ["with a blank in the key", [`Co-authored by: Grace <${GRACE}>`]],
    ["in other letters", [`CO-AUTHORED-BY: Grace <${GRACE.toUpperCase()}>`]],
    ["by what was written", [`Written-by: Grace <${GRACE}>`]],
    ["folded", ["Co-authored-by: Grace", ` <${GRACE}>`]],
    ["folded in a middle paragraph", ["Co-authored-by: Grace", `\t<${GRACE}>`, "", "Prose.", "", "Acked-by: B <b@x>"]],
    ["folded with CRLF", [`Co-authored-by: Grace\r\n <${GRACE}>\r`]],
    ["without brackets", [`Co-authored-by: Grace ${GRACE}`]],
    ["as the second on a line", [`Co-authored-by: Bob <bob@acme.example>, Grace <${GRACE}>`]],
    ["as the author in the log of a squash", [`commit ${OID}`, `Author: Grace <${GRACE}>`, "", "    Mend the hinge"]],
    [
      "in the message of a squashed commit",
      [`commit ${OID}`, "Author: B <b@x>", "", `    Co-author: Grace <${GRACE}>`],
    ],
    ["as the author in a line of its own", [`Author: Grace <${GRACE}>`]],
    ["indented", ["It squeaks.", "", `   Co-authored-by: Grace <${GRACE}>`]],
    ["behind a bullet", [`* Co-authored-by: Grace <${GRACE}>`]],
    ["behind a quote mark", [`> Co-authored-by: Grace <${GRACE}>`]],
    ["in bold", [`**Co-authored-by:** Grace <${GRACE}>`]],
    ["where a line end was lost", [`It squeaks. Co-authored-by: Grace <${GRACE}>`]],
    ["where a line end was written as \\n", [`It squeaks.\\n\\nCo-authored-by: Grace <${GRACE}>`]],
    ["behind another's sign-off", [`Signed-off-by: Bob <bob@acme.example> Co-authored-by: Grace <${GRACE}>`]],
  ])("is a co-author, too: %s", (_what, lines) => {
    expect(coAuthors(...lines)).toContain(GRACE);
  });

  it("is an address whatever characters it has", () => {
    expect(coAuthors("Co-authored-by: Meg <meg.o'brien%x@acme.example>")).toEqual(["meg.o'brien%x@acme.example"]);
  });

  it("is an agent as well as a person", () => {
    expect(coAuthors("Co-authored-by: Claude <noreply@anthropic.com>")).toEqual(["noreply@anthropic.com"]);
  });

  it.each<[what: string, lines: string[]]>([
    ["reviewed", [`Reviewed-by: Grace <${GRACE}>`]],
    ["tested", [`Tested-by: Grace <${GRACE}>`]],
    ["signed off", [`Signed-off-by: Grace <${GRACE}>`]],
    ["helped", [`Helped-by: Grace <${GRACE}>`]],
    ["suggested", [`Suggested-by: Grace <${GRACE}>`]],
    ["was asked", [`Cc: Grace <${GRACE}>`]],
    ["co-signed", [`Co-signed-by: Grace <${GRACE}>`]],
    ["is spoken of", [`Drop the Co-authored-by: Grace <${GRACE}> trailer from the page.`]],
    ["is named in an example", ["It looks so:", "", "```", `Co-authored-by: Grace <${GRACE}>`, "```"]],
    ["made another commit, which is shown", ["Broken by", "", `    commit ${OID}`, `    Author: Grace <${GRACE}>`]],
  ])("is nobody who only %s", (_what, lines) => {
    expect(coAuthors(...lines)).toEqual([]);
  });

  it("is nobody of a revert whom the reverted message names", () => {
    const message = `Revert "fix: x"\n\nThis reverts commit ${OID}.\n\n> fix: x\n>\n> Co-authored-by: Grace <${GRACE}>\n`;
    expect([...readAuthors(commit(message)).keys()]).toEqual(["ada@example.org"]);
  });
});
