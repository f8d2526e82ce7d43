import { describe, expect, it } from "vitest";
import { DAY, landing, MADE, overview, signedCommit } from "../overview/overview.fixture.ts";
import { formatPage } from "./page.ts";

const FULL = overview({
  landings: [
    landing({ landed: MADE - 3 * DAY, standing: "unjudged" }),
    landing({ assisted: 1, agents: ["kiro"], standing: "co-signed" }),
    landing({
      assisted: 1,
      agents: ["kiro"],
      standing: "bypassed",
      wrong: [{ code: "COSIGN_MISSING", what: "nobody has" }],
    }),
  ],
  asked: [{ rules: "", needs: "a co-sign", met: true }],
  signed: [signedCommit()],
});

function headings(page: string): readonly string[] {
  return [...page.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, heading = ""]) => heading);
}

describe("the page", () => {
  it("says first what it comes to, then shows it", async () => {
    const page = await formatPage(FULL, { version: "1.0.0" });
    expect(page).toContain(
      '<p class="lede">2 of 3 landings had help from an AI. All required co-signs were given, half of them within 1 hour of the commit. 1 landing came around the gate and still needs a co-sign.</p>',
    );
    expect(headings(page)).toEqual([
      "Over time",
      "Around the gate",
      "By agent",
      "By folder",
      "What was asked",
      "From commit to co-sign",
      "Who co-signed",
      "All landings",
    ]);
  });

  it("leaves out what there is nothing to show of", async () => {
    const page = await formatPage(overview(), { version: "1.0.0" });
    expect(headings(page)).toEqual(["Over time", "Around the gate", "By folder", "All landings"]);
    expect(page).toContain("Nothing came around the gate.");
  });

  it.each([
    ["good", "sound", "co-signed"],
    ["", "open", "emergency"],
    ["", "open", "undecided"],
    ["bad", "open", "bypassed"],
  ] as const)(
    "has %j for the number around the gate and a section that is %s where a landing is %s",
    async (kind, gate, standing) => {
      const page = await formatPage(overview({ landings: [landing({ standing })] }), { version: "1.0.0" });
      expect(page).toContain(`<dt>around the gate</dt><dd class="${kind}">`);
      expect(page).toContain(`<section class="gate ${gate}"`);
    },
  );

  it("says of a branch without a policy that nothing was asked, not that all is well", async () => {
    const page = await formatPage(overview({ landings: [landing({ standing: "unjudged" })] }), { version: "1.0.0" });
    expect(page).toContain("No policy protected the branch, so nothing was required.");
    expect(page).not.toContain("Nothing came around");
  });

  it("says that nothing landed", async () => {
    const page = await formatPage(overview({ landings: [] }), { version: "1.0.0" });
    expect(headings(page)).toEqual([]);
    expect(page).toContain("Nothing landed in this time.");
  });

  it("needs nothing but itself: no address, no style or handler in an element", async () => {
    const page = await formatPage(FULL, { version: "1.0.0" });
    const markup = page.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, "");
    expect(markup.replaceAll('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|\sstyle=|\son\w+=|\ssrc=/);
  });
});
