import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimeLimit } from "./time-limit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets the time of day go on while no timer comes to its turn, as where something is computed. */
function computeFor(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

const timedOut = (seconds: number): unknown =>
  expect.objectContaining({ code: "TIMED_OUT", what: expect.stringContaining(`longer than ${seconds} s`) });

describe("a limit of time", () => {
  it("does not ask what is set within the first second", () => {
    const ask = vi.fn(() => "1");
    const limit = new TimeLimit(60, ask);
    computeFor(0.9);
    limit.check();
    expect(limit.left).toBe(100);
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([
    ["5", 5],
    ["100", 100],
    ["", 60],
    ["0", 60],
    ["-5", 60],
    ["soon", 60],
    ["10000000", 60],
  ])("that is set to %j is over after %i seconds, and asks once", (value, seconds) => {
    const ask = vi.fn(() => value);
    const limit = new TimeLimit(60, ask);
    computeFor(1);
    expect(limit.left).toBe((seconds - 1) * 1000);
    computeFor(seconds - 1.001);
    limit.check();
    expect(limit.signal.aborted).toBe(false);
    computeFor(0.001);
    expect(() => limit.check()).toThrow(timedOut(seconds));
    expect(() => limit.left).toThrow(timedOut(seconds));
    expect(ask).toHaveBeenCalledOnce();
  });

  it("ends what waits, too", () => {
    const limit = new TimeLimit(60, () => "3");
    vi.advanceTimersByTime(2999);
    expect(limit.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(limit.signal.reason).toEqual(timedOut(3));
  });

  it("says why what is set could not be read", () => {
    const limit = new TimeLimit(60, () => {
      throw new Error("no git");
    });
    vi.advanceTimersByTime(1000);
    expect(limit.signal.reason).toEqual(new Error("no git"));
  });
});
