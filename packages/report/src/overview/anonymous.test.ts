import { parseObjectId } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { withoutPeople } from "./anonymous.ts";
import { formatOverview, OVERVIEW_FORMATS } from "./formats.ts";
import { ADA, BOB, landing, overview, signedCommit } from "./overview.fixture.ts";

const SHOWN = overview({
  landings: [
    landing({
      subject: "Thank Zoe",
      standing: "bypassed",
      wrong: [{ code: "COSIGN_LEVEL", what: "the co-sign of zoe@acme.example is of level junior" }],
      cosigns: [{ person: ADA, proof: "signed", time: 1 }],
    }),
  ],
  asked: [{ rules: "Zoe's exception", needs: "a co-sign", met: true }],
  signed: [signedCommit()],
});

describe("an overview without people", () => {
  it.each(OVERVIEW_FORMATS)("names none as %s", async (format) => {
    const text = await formatOverview(format, SHOWN, { version: "1.0.0", anonymous: true });
    expect(text).not.toMatch(/Ada L|Bob B|[Zz]oe[ '@]|@acme|cccccc/);
  });

  it.each(OVERVIEW_FORMATS.filter((format) => format !== "badge"))(
    "has its twin that names them as %s",
    async (format) => {
      const text = await formatOverview(format, SHOWN, { version: "1.0.0", anonymous: false });
      expect(text).toMatch(/Ada Lovelace|ada@acme/);
    },
  );

  it("has one pseudonym for each person, whatever else is in it", () => {
    const [by] = withoutPeople(SHOWN).landings;
    const name = by?.cosigns[0]?.person.name;
    expect(withoutPeople(SHOWN).signed[0]?.person.name).toBe(name);
    expect(withoutPeople(overview({ signed: [signedCommit()] })).signed[0]?.person.name).toBe(name);
    expect(by?.author.name).not.toBe(name);
  });

  it("has other ones for the same people on another project's branch", () => {
    const other = overview({ root: parseObjectId("d".repeat(40)), landings: [landing({ author: BOB })] });
    const names = [other, overview()].map((each) => withoutPeople(each).landings[0]?.author.name);
    expect(new Set(names).size).toBe(2);
  });

  it("tells days, and no hours", () => {
    expect(withoutPeople(SHOWN).landings[0]?.landed).toBe(Date.parse("2026-11-28T00:00:00Z") / 1000);
  });

  it("has the same numbers", () => {
    const { landings, asked } = withoutPeople(SHOWN);
    expect([landings.length, asked.length, landings[0]?.standing]).toEqual([1, 1, "bypassed"]);
  });
});
