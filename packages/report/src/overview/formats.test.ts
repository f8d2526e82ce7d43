import { describe, expect, it } from "vitest";
import { formatOverview } from "./formats.ts";
import { landing, overview, signedCommit } from "./overview.fixture.ts";

const NAMED = { version: "1.0.0", anonymous: false };
const GREEN = 'fill="#2b7a4b"';
const GIVEN = [{ rules: "", needs: "", met: true }];

describe("an overview", () => {
  it("is CSV with a row for each landing, in which no formula runs", async () => {
    const text = await formatOverview("csv", overview({ landings: [landing({ subject: '=1+1, "x"' })] }), NAMED);
    expect(text.split("\r\n")).toEqual([
      "landed,landing,author,email,commits,assisted,agents,folders,standing,wrong,cosigned by,subject",
      `2026-11-28T12:00:00Z,${"c".repeat(40)},Bob Builder,bob@acme.example,1,0,,src,free,,,"'=1+1, ""x"""`,
      "",
    ]);
  });

  it("is Markdown in which what others wrote is code", async () => {
    const bypass = landing({
      subject: "@team <b>|",
      standing: "bypassed",
      wrong: [{ code: "COSIGN_MISSING", what: "" }],
    });
    const text = await formatOverview(
      "markdown",
      overview({ branch: "a`b", landings: [bypass], signed: [signedCommit()] }),
      NAMED,
    );
    expect(text).toContain("### What landed on ``a`b``\n");
    expect(text).toContain("| 2026-11-28 | `cccccccccccc` `@team <b>\\u{7c}` | `COSIGN_MISSING` |");
    expect(text).toContain("| `Ada Lovelace` | 1 | 1 | 10 | 10 | 10 |");
  });

  it.each(["emergency", "undecided"] as const)("is Markdown that lists a landing that is %s", async (standing) => {
    const open = landing({ standing, wrong: [{ code: "OPEN", what: "" }] });
    expect(await formatOverview("markdown", overview({ landings: [open] }), NAMED)).toContain("| `OPEN` |");
  });

  it.each<[what: string, parts: Parameters<typeof overview>[0], message: string]>([
    ["all was given", { asked: GIVEN }, "100%"],
    ["nothing was asked", {}, "nothing asked"],
    [
      "nearly nothing was given",
      { asked: Array.from({ length: 400 }, (_, at) => ({ rules: "", needs: "", met: at === 0 })) },
      "under 1%",
    ],
    [
      "something came around the gate",
      { landings: [landing({ standing: "emergency" }), landing({ standing: "bypassed" })] },
      "1 around the gate",
    ],
    [
      "an emergency is to be reviewed",
      { landings: [landing({ standing: "undecided" }), landing({ standing: "emergency" })], asked: GIVEN },
      "1 to be reviewed",
    ],
    ["a landing could not be judged", { landings: [landing({ standing: "undecided" })], asked: GIVEN }, "1 undecided"],
  ])("is a badge where %s", async (_, parts, message) => {
    const svg = await formatOverview("badge", overview(parts), NAMED);
    expect(svg).toContain(`<title>AI co-signed: ${message}</title>`);
    expect(svg.includes(GREEN)).toBe(message === "100%");
    expect(svg.match(/[<>]/g)?.length).toBe(2 * (svg.match(/<[^>]+>/g)?.length ?? 0));
  });
});
