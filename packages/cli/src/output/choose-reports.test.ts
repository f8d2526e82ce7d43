import { REPORT_FORMATS } from "@countersign/report";
import { describe, expect, it } from "vitest";
import { chooseReports } from "./choose-reports.ts";

describe("the reports that are wanted", () => {
  it.each<
    [what: string, options: Parameters<typeof chooseReports>[0], reports: readonly (readonly [string, string?])[]]
  >([
    ["nothing: text", {}, [["text"]]],
    ["one format", { format: ["json"] }, [["json"]]],
    ["one with a file", { format: ["sarif=a.sarif"] }, [["sarif", "/home/bob/a.sarif"]]],
    [
      "several, one of them to be read",
      { format: ["text", "sarif=a", "junit=/b"] },
      [["text"], ["sarif", "/home/bob/a"], ["junit", "/b"]],
    ],
    [
      "one twice, in two files",
      { format: ["json=a", "json=b"] },
      [
        ["json", "/home/bob/a"],
        ["json", "/home/bob/b"],
      ],
    ],
    ["an output for the only one", { format: ["json"], output: "a" }, [["json", "/home/bob/a"]]],
    ["an output for text", { output: "a" }, [["text", "/home/bob/a"]]],
    [
      "an output for the one without a file",
      { format: ["json=a", "text"], output: "b" },
      [
        ["json", "/home/bob/a"],
        ["text", "/home/bob/b"],
      ],
    ],
    ["a dash for standard output", { format: ["json=-"] }, [["json"]]],
    ["a file with an equals sign", { format: ["json=a=b"] }, [["json", "/home/bob/a=b"]]],
  ])("are, by %s", (_, options, reports) => {
    expect(
      chooseReports(options, REPORT_FORMATS, "/home/bob").map(({ format, file }) => (file ? [format, file] : [format])),
    ).toEqual(reports);
  });

  it.each<[what: string, options: Parameters<typeof chooseReports>[0], problem: string]>([
    ["an unknown format", { format: ["yaml"] }, '"yaml" is not a format; the formats are text, json, sarif'],
    ["one in upper case", { format: ["JSON=a"] }, '"JSON" is not a format'],
    ["no format", { format: [""] }, '"" is not a format'],
    ["two on one output", { format: ["text", "json"] }, "text and json cannot share one output"],
    ["one twice on one output", { format: ["json", "json"] }, "json and json cannot share"],
    ["two with one output between them", { format: ["text", "json"], output: "a" }, "cannot share one output"],
    ["an output that nothing goes to", { format: ["json=a"], output: "b" }, "every format has a file of its own"],
    ["a file without a name", { format: ["json="] }, "the file has no name"],
    ["an output without a name", { output: "" }, "the file has no name"],
    ["two in one file", { format: ["json=a", "sarif=./a"] }, "two reports cannot go to one file"],
  ])("cannot be %s", (_, options, problem) => {
    expect(() => chooseReports(options, REPORT_FORMATS, "/home/bob")).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(problem) }),
    );
  });
});
