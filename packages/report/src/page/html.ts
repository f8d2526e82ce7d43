import { escapeText } from "../text/escape.ts";

/** HTML that can stand in a page as it is. */
export interface Html {
  readonly html: string;
}

/** Longer text is cut. What others wrote is cut shorter where it is shown. */
const LONGEST = 1000;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it, in an element or an attribute in quotes. */
export function escapeHtml(text: string, limit: number = LONGEST): string {
  return escapeText(text, limit).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** A template whose every text is escaped: only HTML that was made so is taken as it is. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | number | readonly Html[])[]
): Html {
  const written = values.map((value) => {
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return escapeHtml(value);
    return "html" in value ? value.html : value.map((each) => each.html).join("");
  });
  return { html: parts.map((part, index) => part + (written[index] ?? "")).join("") };
}

/** Our own text, a style sheet or a drawing, that no one else has a word in. */
export function trusted(text: string): Html {
  return { html: text };
}
