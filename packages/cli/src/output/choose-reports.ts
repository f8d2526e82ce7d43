import { resolve } from "node:path";
import { CountersignError } from "@countersign/core";

/** A report that was asked for, and the file that it goes to; undefined for standard output. */
export interface WantedReport<Format> {
  readonly format: Format;
  readonly file: string | undefined;
}

/** What a person said of reports, and where relative names of files begin. */
export interface ReportWishes {
  /** Each `FORMAT` or `FORMAT=FILE`. */
  readonly format?: readonly string[];
  /** The file of the one format that names none. */
  readonly output?: string;
}

/**
 * The reports that are wanted; the first of the formats on standard output where nothing is said.
 * @throws `OPTION_INVALID`.
 */
export function chooseReports<Format extends string>(
  { format = [], output }: ReportWishes,
  formats: readonly Format[],
  folder: string,
): readonly WantedReport<Format>[] {
  const named = (format.length === 0 ? formats.slice(0, 1) : format).map((value) =>
    parseFormat(value, formats, folder),
  );
  const loose = named.filter(({ file }) => file === undefined);
  if (loose.length > 1) {
    const names = loose.map((report) => report.format).join(" and ");
    throw invalid("--format", `${names} cannot share one output; give all but one a file, as in --format sarif=FILE`);
  }
  if (output !== undefined && loose.length === 0) {
    throw invalid("--output", "every format has a file of its own already");
  }
  const reports = named.map(({ format, file }) => ({ format, file: file ?? fileOf("--output", output, folder) }));
  const files = reports.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw invalid("--format", `two reports cannot go to one file, ${twice}`);
  return reports;
}

function parseFormat<Format extends string>(
  value: string,
  formats: readonly Format[],
  folder: string,
): WantedReport<Format> {
  const equals = value.indexOf("=");
  const name = equals < 0 ? value : value.slice(0, equals);
  const format = formats.find((known) => known === name);
  if (format === undefined)
    throw invalid("--format", `"${name}" is not a format; the formats are ${formats.join(", ")}`);
  return { format, file: equals < 0 ? undefined : fileOf("--format", value.slice(equals + 1), folder) };
}

/** `-` is standard output, as it is to most programs. */
function fileOf(option: string, name: string | undefined, folder: string): string | undefined {
  if (name === undefined || name === "-") return undefined;
  if (name === "") throw invalid(option, "the file has no name");
  return resolve(folder, name);
}

function invalid(option: string, problem: string): CountersignError {
  return new CountersignError("OPTION_INVALID", { option, problem });
}
