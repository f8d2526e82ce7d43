import { CountersignError } from "@countersign/core";
import { applyEdits, type JSONPath, modify, type ParseError, parse } from "jsonc-parser";

/**
 * Sets one value of a JSON text, comments allowed, and leaves every other character as it is.
 * @throws `FILE_UNFIT` where the text is no JSON.
 */
export function editJson(path: string, text: string, place: JSONPath, value: unknown, insert = false): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const json = text.slice(mark.length);
  if (parseJson(json) === undefined) {
    const wanted = [`${place.join(".")}: ${JSON.stringify(value)}`];
    throw new CountersignError("FILE_UNFIT", { path, reason: "it is no JSON", wanted });
  }
  const tabs = /^\t/m.test(json);
  const formattingOptions = {
    insertSpaces: !tabs,
    tabSize: tabs ? 1 : (/^( +)\S/m.exec(json)?.[1]?.length ?? 2),
    eol: json.includes("\r\n") ? "\r\n" : "\n",
  };
  return mark + applyEdits(json, modify(json, place, value, { formattingOptions, isArrayInsertion: insert }));
}

/** The value of a JSON text that may have comments; undefined where it is none. */
export function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : value;
}
