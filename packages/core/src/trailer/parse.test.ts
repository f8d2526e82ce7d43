import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { hasKey, parseTrailers, type TrailerOptions } from "./parse.ts";

const COSIGN = "Co-signed-by: Ada <ada@x>";

/** The trailers of a message, each as `line key: value`. */
function trailers(message: string, options?: TrailerOptions): string[] {
  return parseTrailers(encodeText(message), options).map(
    ({ key, value, line }) => `${line} ${key}: ${decodeText(value)}`,
  );
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** Prose and trailers in one paragraph, with a line that git itself writes. */
function mixed(prose: number, others: number): string {
  const text = Array.from({ length: prose }, (_, index) => `prose ${index}`);
  const more = Array.from({ length: others }, () => COSIGN);
  return lines("Subject", "", ...text, ...more, "Signed-off-by: B <b@x>");
}

describe("the trailer block", () => {
  it.each<[what: string, message: string, expected: readonly string[]]>([
    ["is the last paragraph", lines("Subject", "", "Body", "", COSIGN), ["5 Co-signed-by: Ada <ada@x>"]],
    ["may follow the title at once", lines("Subject", "", COSIGN), ["3 Co-signed-by: Ada <ada@x>"]],
    ["needs no line end behind it", `Subject\n\n${COSIGN}`, ["3 Co-signed-by: Ada <ada@x>"]],
    ["may have blank lines behind it", `${lines("Subject", "", COSIGN)}\n \t\n\n`, ["3 Co-signed-by: Ada <ada@x>"]],
    ["is not a middle paragraph", lines("Subject", "", COSIGN, "", "Body"), []],
    ["is not the title", lines("Subject", COSIGN), []],
    ["is not a message of trailers alone", lines(COSIGN, "Acked-by: B"), []],
    ["is not the title behind blank lines", lines("", "", COSIGN), []],
    ["does not begin in prose", lines("Subject", "", "Body", COSIGN), []],
    ["does not go on below prose", lines("Subject", "", COSIGN, "Body"), []],
    ["is the last of several such paragraphs", lines("Subject", "", COSIGN, "", "Acked-by: B"), ["5 Acked-by: B"]],
    ["has several lines", lines("S", "", "Acked-by: B", COSIGN), ["3 Acked-by: B", "4 Co-signed-by: Ada <ada@x>"]],
    ["may follow a title behind a blank line", `\n${lines("Subject", "", COSIGN)}`, ["4 Co-signed-by: Ada <ada@x>"]],
    ["may have an unfinished blank line behind it", `${lines("S", "", COSIGN, "")}  `, ["3 Co-signed-by: Ada <ada@x>"]],
    ["goes on below a folded value", lines("S", "", "K: a", " b", COSIGN), ["3 K: a b", "5 Co-signed-by: Ada <ada@x>"]],
    ["does not begin with a continued line", lines("S", "", " and so on", COSIGN), []],
    ["does not continue a value below a comment", lines("S", "", COSIGN, "# note", " and so on"), []],
    ["stands in no empty message", "", []],
    ["stands in no title alone", "Subject\n", []],
  ])("%s", (_, message, expected) => {
    expect(trailers(message)).toEqual(expected);
  });

  it("may hold three lines of prose for each trailer beside a line that git writes", () => {
    expect(trailers(mixed(6, 1))).toHaveLength(2);
    expect(trailers(mixed(7, 1))).toHaveLength(0);
    expect(trailers(mixed(3, 0))).toHaveLength(1);
    expect(trailers(mixed(4, 0))).toHaveLength(0);
  });

  it("counts each line of folded prose as prose", () => {
    const folded = (more: number): string =>
      lines("S", "", "prose", ...Array.from({ length: more }, () => " x"), "Signed-off-by: B");
    expect(trailers(folded(2))).toEqual(["6 Signed-off-by: B"]);
    expect(trailers(folded(3))).toEqual([]);
  });

  it("counts lines that continue nothing as prose, at its start and below a comment", () => {
    const blanks = (more: number): readonly string[] => Array.from({ length: more }, () => " x");
    expect(trailers(lines("S", "", ...blanks(3), "Signed-off-by: B"))).toEqual(["6 Signed-off-by: B"]);
    expect(trailers(lines("S", "", ...blanks(4), "Signed-off-by: B"))).toEqual([]);
    expect(trailers(lines("S", "", "Signed-off-by: B", "# note", ...blanks(3)))).toEqual(["3 Signed-off-by: B"]);
    expect(trailers(lines("S", "", "Signed-off-by: B", "# note", ...blanks(4)))).toEqual([]);
  });

  it.each([": Ada <ada@x>", " K: folded prose", "K v"])("does not take %j in it for a trailer", (line) => {
    expect(trailers(lines("S", "", line, "Signed-off-by: B"))).toEqual(["4 Signed-off-by: B"]);
  });

  it.each<[line: string, counts: boolean]>([
    ["(cherry picked from commit 1f0c)", true],
    ["Signed-off-by: B <b@x>", true],
    ["signed-off-by: B <b@x>", false],
    ["Signed-off-by:B <b@x>", false],
    [" Signed-off-by: B <b@x>", false],
    ["Reviewed-by: B <b@x>", false],
  ])("takes prose beside %j: %s", (line, counts) => {
    expect(trailers(lines("Subject", "", "prose", COSIGN, line)).some((found) => found.includes("Co-signed-by"))).toBe(
      counts,
    );
  });
});

describe("a line that begins with ---", () => {
  const message = lines("Subject", "", COSIGN, "---", "", "Acked-by: B");

  it("does not end the message of a stored commit", () => {
    expect(trailers(message)).toEqual(["6 Acked-by: B"]);
  });

  it("ends the message where asked for, as in a patch", () => {
    expect(trailers(message, { divider: true })).toEqual(["3 Co-signed-by: Ada <ada@x>"]);
  });

  it.each([
    ["---", true],
    ["--- a/file", true],
    ["---\tx", true],
    ["----", false],
    ["---x", false],
    [" ---", false],
    ["Ab: d", false],
  ])("as %j is a divider: %s", (line, divides) => {
    const parts = lines("Subject", "", COSIGN, line, "", "Acked-by: B");
    expect(trailers(parts, { divider: true })).toEqual([divides ? "3 Co-signed-by: Ada <ada@x>" : "6 Acked-by: B"]);
  });
});

it("a patch whose last line is a divider without a line end has the trailers above it", () => {
  expect(trailers(`${lines("Subject", "", COSIGN)}---`, { divider: true })).toEqual(["3 Co-signed-by: Ada <ada@x>"]);
});

describe("what comes behind the trailers", () => {
  it.each<[what: string, message: string, expected: readonly string[]]>([
    ["comments are skipped", lines("S", "", COSIGN, "# On branch main", "#1 fixes"), ["3 Co-signed-by: Ada <ada@x>"]],
    [
      "comments among them are skipped",
      lines("S", "", "Acked-by: B", "# note", COSIGN),
      ["3 Acked-by: B", "5 Co-signed-by: Ada <ada@x>"],
    ],
    ["a comment is no trailer", lines("S", "", `# ${COSIGN}`), []],
    [
      "all below scissors is unseen",
      lines("S", "", "Acked-by: B", "# ------------------------ >8 ------------------------", "", COSIGN),
      ["3 Acked-by: B"],
    ],
    [
      "scissors that are written otherwise cut nothing",
      lines("S", "", "Acked-by: B", "# --- >8 ---", "", COSIGN),
      ["6 Co-signed-by: Ada <ada@x>"],
    ],
    [
      "a list of conflicts is skipped",
      lines("S", "", COSIGN, "", "Conflicts:", "\ta.txt", "\tb.txt"),
      ["3 Co-signed-by: Ada <ada@x>"],
    ],
    [
      "a list of conflicts with text behind it is prose",
      lines("S", "", "Acked-by: B", "", "Conflicts:", "\ta.txt", "", COSIGN),
      ["8 Co-signed-by: Ada <ada@x>"],
    ],
  ])("%s", (_, message, expected) => {
    expect(trailers(message)).toEqual(expected);
  });
});

it("compares keys without regard to ASCII case and to nothing else", () => {
  const [trailer] = parseTrailers(encodeText(lines("S", "", "co-SIGNED-By: A")));
  expect(trailer && hasKey(trailer, "Co-signed-by")).toBe(true);
  expect(trailer && hasKey(trailer, "Co-signed")).toBe(false);
  expect(trailer && hasKey(trailer, "Co-signed-bx")).toBe(false);
});

it("counts the lines of a long message from its start", () => {
  const message = lines("Subject", "", ...Array.from({ length: 5000 }, (_, index) => `line ${index}`), "", COSIGN);
  expect(trailers(message)).toEqual(["5004 Co-signed-by: Ada <ada@x>"]);
});
