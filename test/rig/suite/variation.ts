import { readFileSync } from "node:fs";

// What `test/matrix/matrix.ts` varies for a whole run; without it everything is as git has it by itself.

/** How repositories name their objects where a test does not say. */
export const OBJECT_FORMAT: "sha1" | "sha256" =
  process.env["COUNTERSIGN_TEST_OBJECTS"] === "sha256" ? "sha256" : "sha1";

/** Whether the engineer of a push world works in a linked work tree. */
export const IN_LINKED_WORK_TREE: boolean = process.env["COUNTERSIGN_TEST_WORK_TREE"] === "linked";

/** What a person's own git configuration holds beside what the tests need. */
export const OWN_CONFIG: string =
  process.env["COUNTERSIGN_TEST_CONFIG"] === undefined
    ? ""
    : readFileSync(process.env["COUNTERSIGN_TEST_CONFIG"], "utf8");
