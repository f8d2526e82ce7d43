/** A part of a regular expression, as far as texts for it can be made. */
type Part =
  | { readonly kind: "one"; readonly samples: readonly string[] }
  | { readonly kind: "all"; readonly parts: readonly Part[] }
  | { readonly kind: "any"; readonly parts: readonly Part[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly least: number; readonly endless: boolean };

/** A text that repeats what a pattern repeats: `start`, then `pump` as often as one likes, then what may not match. */
export interface HostileText {
  readonly start: string;
  readonly pump: string;
  readonly end: string;
}

const POOL = [..." a1-\n.:/\"'`<>()@=&*_#\\\t\rAé\0,;!?[]{}|+$%^~\u2013x0"];
const SAMPLES = 5;
const ENDS = ["", "\n", "\u0001", "!x"];

/** Texts on which a backtracking engine does the most work for a pattern: for each thing that it repeats without end. */
export function hostileTexts({ source, flags }: RegExp): readonly HostileText[] {
  const unicode = flags.replace(/[gy]/g, "");
  const { part } = parse(source, unicode);
  const texts: HostileText[] = [];
  for (const { start, pump } of pumpsOf(part, "")) {
    for (const end of ENDS) {
      texts.push({ start, pump, end });
      if (start !== "") texts.push({ start: "", pump: start + pump, end });
    }
  }
  return texts;
}

/** The text with so many characters, or a few more. */
export function textOf({ start, pump, end }: HostileText, length: number): string {
  return start + pump.repeat(Math.ceil(length / pump.length)) + end;
}

function* pumpsOf(part: Part, start: string): Generator<{ readonly start: string; readonly pump: string }> {
  if (part.kind === "any") for (const each of part.parts) yield* pumpsOf(each, start);
  if (part.kind === "all") {
    let before = start;
    let swallows = false;
    for (const each of part.parts) {
      const [text = ""] = shortest(each);
      // What is looked for behind a repetition may be what that swallows.
      if (swallows && text !== "") yield { start: before, pump: text };
      yield* pumpsOf(each, before);
      before += text;
      swallows = each.kind === "repeat" && each.endless;
    }
  }
  if (part.kind === "repeat") {
    if (part.endless) for (const pump of shortest(part.part)) if (pump !== "") yield { start, pump };
    yield* pumpsOf(part.part, start);
  }
}

/** Some of the shortest texts that a part matches. */
function shortest(part: Part): readonly string[] {
  if (part.kind === "one") return part.samples;
  if (part.kind === "any") return part.parts.flatMap(shortest).slice(0, SAMPLES);
  if (part.kind === "repeat") return shortest(part.part).map((text) => text.repeat(part.least));
  const first = part.parts.map((each) => shortest(each)[0] ?? "").join("");
  const varied = part.parts.flatMap((each, index) =>
    shortest(each)
      .slice(1)
      .map((text) => part.parts.map((other, at) => (at === index ? text : (shortest(other)[0] ?? ""))).join("")),
  );
  return [...new Set([first, ...varied])].slice(0, SAMPLES);
}

function parse(source: string, flags: string): { readonly part: Part } {
  let at = 0;
  return { part: readAny() };

  function readAny(): Part {
    const parts = [readAll()];
    while (source[at] === "|") {
      at += 1;
      parts.push(readAll());
    }
    return parts.length === 1 ? (parts[0] as Part) : { kind: "any", parts };
  }

  function readAll(): Part {
    const parts: Part[] = [];
    while (at < source.length && source[at] !== "|" && source[at] !== ")") parts.push(readRepeated());
    return { kind: "all", parts };
  }

  function readRepeated(): Part {
    const part = readOne();
    const [whole = "", star, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at)) ?? [];
    if (whole === "") return part;
    at += whole.length;
    const endless = star === "*" || star === "+" || (comma === "," && most === "");
    return { kind: "repeat", part, least: star === undefined ? Number(least) : Number(star === "+"), endless };
  }

  function readOne(): Part {
    const character = source[at] ?? "";
    if (character === "(") {
      const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at))?.[0] ?? "(";
      at += opening.length;
      const part = readAny();
      at += 1;
      // What is only looked at takes no text.
      return /^\(\?<?[=!]/.test(opening) ? { kind: "all", parts: [] } : part;
    }
    const token =
      /^(?:\[(?:[^\]\\]|\\.)*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\k<\w+>|\\[\s\S]|[\s\S])/u.exec(
        source.slice(at),
      )?.[0] ?? character;
    at += token.length;
    if (/^(?:\^|\$|\\b|\\B|\\k.*)$/.test(token)) return { kind: "all", parts: [] };
    const one = new RegExp(`^${token}$`, flags.replace("m", ""));
    const literal = /^[^\\[.]/u.test(token) ? [token] : POOL.filter((sample) => one.test(sample)).slice(0, SAMPLES);
    if (literal.length > 0) return { kind: "one", samples: literal };
    const written = token.replace(/^\[\^?/, "").replace(/\]$/, "");
    const found = [...written].filter((sample) => one.test(sample));
    return { kind: "one", samples: found.length > 0 ? found.slice(0, SAMPLES) : [decode(token)] };
  }
}

/** What an escape such as `\u00ad` stands for. */
function decode(token: string): string {
  const code = /^\\(?:u\{?|x)([0-9a-fA-F]+)/.exec(token)?.[1];
  return code === undefined ? "?" : String.fromCodePoint(Number.parseInt(code, 16));
}
