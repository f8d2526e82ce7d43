import { formatGithub } from "@countersign/report";
import { describe, expect, it } from "vitest";
import { ALLOWED, about, commit, decision, NO_COSIGN, REFUSED, UNDECIDED, update, WARNED } from "./sample-decision.ts";

/** What the runner reads of a line: the command, its properties and its message. */
function read(line: string) {
  const [, name = "", list = "", message = ""] = /^::(\w+) ([^:]*)::(.*)$/s.exec(line) ?? [];
  const properties = list.split(",").map((pair) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), decode(pair.slice(equals + 1))] as const;
  });
  return { name, properties: Object.fromEntries(properties), message: decode(message) };
}

function decode(text: string): string {
  return text
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%25", "%");
}

describe("workflow commands", () => {
  it("annotate the file with what is wrong, why and what to do", () => {
    const [line = "", ...others] = formatGithub(REFUSED);
    expect(others).toEqual([]);
    const { name, properties, message } = read(line);
    expect({ name, properties }).toEqual({
      name: "error",
      properties: { file: "src/upload.ts", line: "1", title: "COSIGN_MISSING" },
    });
    expect(message).toMatch(new RegExp(`^1f1f1f1f1f1f "Retry uploads": ${NO_COSIGN}\\nwhy: .+\\nfix: .+$`));
  });

  it("are none where nothing is wrong", () => {
    expect(formatGithub(ALLOWED)).toEqual([]);
  });

  it("tell what could not be judged too", () => {
    expect(read(formatGithub(UNDECIDED)[0] ?? "")).toMatchObject({
      name: "error",
      properties: { title: "HISTORY_SHALLOW", file: "countersign.config.yaml" },
    });
  });

  it("warn where the branch only warns", () => {
    expect(read(formatGithub(WARNED)[0] ?? "").name).toBe("warning");
  });

  it.each(["::set-output name=x::y", "100%0A::error::x", "a\r\n::add-mask::b", "%25", "##[error]x"])(
    "hold %j as data",
    (subject) => {
      const lines = formatGithub(about(subject));
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toMatch(/[\r\n]/);
      const shown = subject.replaceAll("\r", "\\u{d}").replaceAll("\n", "\\u{a}").replace("##[", "#\\u{23}[");
      expect(read(lines[0] ?? "").message).toContain(`"${shown}"`);
    },
  );

  it("hold a path with their own marks as data", () => {
    const path = "a,b:c%2C/::d=e.txt";
    expect(read(formatGithub(about("x", "kiro", path))[0] ?? "").properties["file"]).toBe(path);
  });

  it("are no more than GitHub shows, and the last tells how many there are", () => {
    const many = (number: number) =>
      decision("deny", update({ judged: Array.from({ length: number }, () => commit()) }));
    expect(formatGithub(many(10)).filter((line) => line.includes("COSIGN_MISSING"))).toHaveLength(10);
    const lines = formatGithub(many(25));
    expect(lines).toHaveLength(10);
    expect(read(lines[9] ?? "")).toMatchObject({ name: "error", message: expect.stringContaining("and 16 more") });
  });
});
