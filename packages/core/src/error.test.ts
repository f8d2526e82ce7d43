import { expect, it } from "vitest";
import { CountersignError, isCountersignError } from "./error.ts";

it("carries a code for programs and words for people", () => {
  const error = new CountersignError("REVISION_UNKNOWN", { revision: "mian" });
  expect(error).toMatchObject({
    name: "CountersignError",
    code: "REVISION_UNKNOWN",
    message: '"mian" does not name a commit here',
  });
  expect(error.what).toBe(error.message);
});

it("keeps what caused it", () => {
  const cause = new Error("spawn git ENOENT");
  expect(new CountersignError("GIT_NOT_STARTED", { reason: cause.message }, { cause }).cause).toBe(cause);
});

it("is known across two copies of the package", () => {
  class CopyOfError extends Error {
    override get name(): string {
      return "CountersignError";
    }
  }
  expect(isCountersignError(new CountersignError("NOT_A_REPOSITORY", {}))).toBe(true);
  expect(isCountersignError(new CopyOfError())).toBe(true);
});

it.each([new Error("x"), new TypeError("x"), undefined, null, "CountersignError", { name: "CountersignError" }])(
  "is not taken for one: %s",
  (value) => {
    expect(isCountersignError(value)).toBe(false);
  },
);
