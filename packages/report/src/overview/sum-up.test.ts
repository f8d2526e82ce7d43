import { describe, expect, it } from "vitest";
import { BOB, DAY, landing, MADE, overview, signedCommit } from "./overview.fixture.ts";
import { sumUp } from "./sum-up.ts";

const assisted = (parts: Parameters<typeof landing>[0] = {}) => landing({ assisted: 1, agents: ["kiro"], ...parts });

describe("the numbers of an overview", () => {
  it("count a landing as assisted where any of its commits is, and commits one by one", () => {
    const { landings, commits } = sumUp(
      overview({ landings: [assisted({ commits: 5, assisted: 2 }), landing({ commits: 3 })] }),
    );
    expect(landings).toMatchObject({ landings: 2, assisted: 1 });
    expect(commits).toEqual({ count: 8, assisted: 2 });
  });

  it("count a landing for each of its agents and folders", () => {
    const both = assisted({ agents: ["kiro", "codex"], folders: ["src", "infra"] });
    const { agents, folders } = sumUp(overview({ landings: [both, assisted(), landing()] }));
    expect(agents).toEqual([
      { agent: "kiro", landings: 2 },
      { agent: "codex", landings: 1 },
    ]);
    expect(folders).toEqual([
      { name: "src", landings: 3, assisted: 2 },
      { name: "infra", landings: 1, assisted: 1 },
    ]);
  });

  it("leave no stretch of time out, also where nothing landed", () => {
    const { periods } = sumUp(
      overview({ landings: [assisted({ landed: MADE - 2 * DAY }), landing({ landed: MADE })] }),
    );
    expect(periods.map(({ name, landings, assisted: of }) => [name, landings, of])).toEqual([
      ["27 Nov", 1, 1],
      ["28 Nov", 0, 0],
      ["29 Nov", 1, 0],
    ]);
  });

  it("say of each requirement how often it was met, in the words of its newest form", () => {
    const asked = [
      { rules: "infra", needs: "two", met: true },
      { rules: "", needs: "one", met: true },
      { rules: "infra", needs: "three", met: false },
    ];
    expect(sumUp(overview({ asked }))).toMatchObject({
      asked: 3,
      met: 2,
      coverage: [
        { rules: "infra", needs: "three", asked: 2, met: 1 },
        { rules: "", needs: "one", asked: 1, met: 1 },
      ],
    });
  });

  it("measure from the commit to the signature, never less than no time", () => {
    const early = signedCommit({ time: 0 });
    const { waits } = sumUp(overview({ signed: [early, signedCommit(), signedCommit({ time: MADE })] }));
    expect(waits.median).toBe(3600);
    expect(waits.spread.filter(({ cosigns }) => cosigns > 0)).toEqual([
      { name: "within 10 minutes", cosigns: 1 },
      { name: "within 4 hours", cosigns: 1 },
      { name: "within 3 days", cosigns: 1 },
    ]);
  });

  it("leave out of the waits what is declared alone, of which nobody knows when", () => {
    const { time: _, ...declared } = signedCommit({ proof: "declared" });
    expect(sumUp(overview({ signed: [declared] })).waits).toEqual({ median: undefined, spread: [] });
  });

  it("say of each person how much they signed at once", () => {
    const large = signedCommit({ size: { files: 4, lines: 900 } });
    const merge = signedCommit({ size: undefined, time: MADE });
    const { signers } = sumUp(overview({ signed: [signedCommit({ person: BOB }), signedCommit(), large, merge] }));
    expect(signers).toMatchObject([
      {
        person: { name: "Ada Lovelace" },
        commits: 3,
        signatures: 2,
        files: 5,
        lines: 910,
        medianLines: 10,
        mostLines: 900,
      },
      { person: { name: "Bob Builder" }, commits: 1, signatures: 1 },
    ]);
  });

  it("are there for a branch on which nothing landed", () => {
    expect(sumUp(overview({ landings: [] }))).toMatchObject({ landings: { landings: 0 }, periods: [], asked: 0 });
  });
});
