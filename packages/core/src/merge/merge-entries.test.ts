import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { Effort } from "../diff/effort.ts";
import { objectId } from "../object/object-digest.ts";
import type { ObjectId } from "../object/oid.ts";
import { mergeEntries } from "./merge-entries.ts";

it("an entry that both sides changed is a conflict once too much was merged line by line", async () => {
  const files = new Map<ObjectId, Uint8Array>();
  const file = (text: string) => {
    const bytes = encodeText(text);
    const oid = objectId("blob", bytes, "sha1");
    files.set(oid, bytes);
    return { mode: "100644", oid };
  };
  const blob = async (oid: ObjectId) => files.get(oid) ?? new Uint8Array();
  const sides = [file("1\n2\n3\n"), file("x\n2\n3\n"), file("1\n2\ny\n")] as const;
  const effort = Effort.forMany();
  expect(await mergeEntries({ format: "sha1", blob }, ...sides, effort)).toMatchObject(file("x\n2\ny\n"));
  while (!effort.isExhausted) effort.spend(1_000_000);
  expect(await mergeEntries({ format: "sha1", blob }, ...sides, effort)).toBeUndefined();
  expect(await mergeEntries({ format: "sha1", blob }, sides[0], sides[0], sides[2], effort)).toBe(sides[2]);
});
