import { expect, it } from "vitest";
import { formatPath, formatProblem } from "./problem.ts";

it("a place in a file is named as in a program", () => {
  expect(formatPath(["rules", 1, "cosign", "count"])).toBe("rules[1].cosign.count");
  expect(formatPath([0, "name"])).toBe("[0].name");
  expect(formatPath(["mode"])).toBe("mode");
  expect(formatPath([])).toBe("");
});

it("a problem is named with its line first", () => {
  expect(formatProblem({ line: 3, text: "protect is empty" })).toBe("line 3: protect is empty");
});
