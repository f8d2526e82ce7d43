import { afterAll, beforeAll, expect, it } from "vitest";
import { Doors, type Placed, type Story } from "./doors.ts";

/** A push that must not get in, and an honest one that looks like it. */
export interface Attack {
  readonly attack: Story;
  /** What is said, each code once, in order. */
  readonly codes: string;
  /** Absent where it is that of the attack before. */
  readonly twin?: Story;
  /** The kind of branch that both are pushed to; absent, `t`. */
  readonly on?: "t" | "c" | "h" | "m";
}

/** Tries each attack at both doors, all of them in one push, and its twin afterwards. */
export function tryAttacks(attacks: Readonly<Record<string, Attack>>): void {
  const doors = new Doors();
  afterAll(() => doors[Symbol.dispose]());
  const names = Object.keys(attacks);
  const attackers: Placed[] = [];
  const twins: Placed[] = [];
  beforeAll(async () => {
    for (const [index, { attack, twin, on = "t" }] of Object.values(attacks).entries()) {
      attackers.push(await doors.tell(`${on}/attack-${index}`, attack));
      if (twin) twins.push(await doors.tell(`${on}/twin-${index}`, twin));
    }
    doors.open([...attackers, ...twins]);
  });

  const told = (answer: (placed: Placed) => unknown, placed: readonly Placed[]): unknown =>
    Object.fromEntries(placed.map((each) => [nameOf(each), answer(each)]));
  const nameOf = ({ branch }: Placed): string => `${branch} ${names[Number(branch.split("-")[1])]}`;

  it("each attack is refused as it is in memory, by the clone's hook and by the server's, and no ref moves", async () => {
    const expected = told(({ branch }) => attacks[names[Number(branch.split("-")[1])] ?? ""]?.codes, attackers);
    const foreseen = new Map<Placed, string>();
    for (const placed of attackers) foreseen.set(placed, (await doors.foresee(placed)).join(" "));
    expect(told((placed) => foreseen.get(placed), attackers)).toEqual(expected);
    for (const { hook, codes, refs } of [doors.askPrePush(attackers), doors.push(attackers)]) {
      expect(hook).toBe(1);
      expect(told(({ branch }) => codes.get(branch)?.join(" "), attackers)).toEqual(expected);
      expect(told(({ branch }) => refs.get(`refs/heads/${branch}`), attackers)).toEqual(
        told(({ stood }) => stood, attackers),
      );
    }
  });

  it("each innocent twin gets in", () => {
    const nothing = told(() => [], twins);
    const asked = doors.askPrePush(twins);
    expect(told(({ branch }) => asked.codes.get(branch), twins)).toEqual(nothing);
    const { hook, codes, refs } = doors.push(twins);
    expect(told(({ branch }) => codes.get(branch), twins)).toEqual(nothing);
    expect({ asked: asked.hook, hook }).toEqual({ asked: 0, hook: 0 });
    expect(told(({ branch }) => refs.get(`refs/heads/${branch}`), twins)).toEqual(told(({ tip }) => tip, twins));
  });
}
