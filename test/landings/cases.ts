import type { ObjectId } from "@countersign/core";
import { expect, it } from "vitest";
import { openWorld } from "./files.ts";
import type { Way } from "./history.ts";
import type { Rules, World } from "./world.ts";

/** A history, and the tip whose push to main is asked about. */
export type Story = (w: World, way: Way) => ObjectId | Promise<ObjectId>;

/** Whether a landing passes, for every way or for each. */
export type Right = "passes" | "refused" | Readonly<Partial<Record<Way, "refused">>>;

export interface Case {
  readonly story: Story;
  readonly rules?: Rules;
  /** Absent, all three. */
  readonly ways?: readonly Way[];
  /** Absent, it passes. */
  readonly right?: Right;
}

/** Tells each of these stories, and holds the verdict against the right one. */
export function tell(cases: Readonly<Record<string, Case | Story>>): void {
  for (const [name, told] of Object.entries(cases)) {
    const {
      story,
      rules,
      ways = ["merge"],
      right = "passes",
    }: Case = typeof told === "function" ? { story: told } : told;
    for (const way of ways) {
      const answer = typeof right === "string" ? right : (right[way] ?? "passes");
      it(`${name}${ways.length > 1 ? `, ${way}` : ""}`, async () => {
        const w = openWorld(rules);
        const tip = await story(w, way);
        const codes = await w.codes(tip);
        expect(codes.length === 0 ? "passes" : codes).toEqual(answer === "passes" ? "passes" : expect.any(Array));
        const { pressed } = w;
        if (pressed?.landed !== tip || pressed.onto !== w.main || w.asked) return;
        const foreseen = await w.foresee(pressed);
        expect(foreseen.length === 0 ? "passes" : foreseen).toEqual(answer === "passes" ? "passes" : expect.any(Array));
      });
    }
  }
}

/** Attacks, which are refused. */
export function tellAttacks(attacks: Readonly<Record<string, Story | Pick<Case, "story" | "rules">>>): void {
  const refused = (attack: Story | Case): Case => ({
    ...(typeof attack === "function" ? { story: attack } : attack),
    right: "refused",
  });
  tell(Object.fromEntries(Object.entries(attacks).map(([name, attack]) => [name, refused(attack)])));
}
