import { readdirSync, readFileSync } from "node:fs";

const PACKAGES = new URL("../../packages/", import.meta.url);

/** A regular expression of the source, and the file that it stands in. */
export interface SourcePattern {
  readonly file: string;
  readonly pattern: RegExp;
}

/** Every source file of the packages, tests and what serves them left out. */
export function sourceFiles(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(PACKAGES).flatMap((name) =>
    readdirSync(new URL(`${name}/src/`, PACKAGES), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !/\.(?:test|fixture|d)\.ts$/.test(path))
      .map((path) => ({
        file: `${name}/src/${path}`,
        text: readFileSync(new URL(`${name}/src/${path}`, PACKAGES), "utf8"),
      })),
  );
}

/** Every regular expression that is written out in the source, once each. */
export function findPatterns(): readonly SourcePattern[] {
  const found = new Map<string, SourcePattern>();
  for (const { file, text } of sourceFiles()) {
    for (const [source, flags] of literalsOf(text)) {
      if (!found.has(`/${source}/${flags}`))
        found.set(`/${source}/${flags}`, { file, pattern: new RegExp(source, flags) });
    }
  }
  return [...found.values()];
}

/** What ends before a slash that divides: a value. Behind anything else a regular expression begins. */
const VALUE = /(?:[\w$)\]}"'`]|\+\+|--)$/;
const KEYWORD = /\b(?:return|typeof|case|of|in|do|else|void|delete|yield|await)$/;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const LITERAL = /\/((?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;

/** The source and flags of each literal in a program. */
export function literalsOf(text: string): readonly (readonly [source: string, flags: string])[] {
  const found: (readonly [string, string])[] = [];
  /** How deep in braces each template is that the place stands in. */
  const templates: number[] = [];
  let depth = 0;
  let before = "";
  const take = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    const inTemplate = templates.at(-1) === -1;
    if (inTemplate) {
      if (character === "`") templates.pop();
      else if (text.startsWith("${", at)) {
        templates[templates.length - 1] = depth;
        depth += 1;
        at += 1;
      }
      if (character === "\\") at += 1;
      before = character === "`" ? "`" : "";
      at += 1;
      continue;
    }
    const comment = take(COMMENT, at);
    const string = take(STRING, at);
    const literal = VALUE.test(before) && !KEYWORD.test(before) ? null : take(LITERAL, at);
    if (comment) at += comment[0].length;
    else if (string) {
      before = '"';
      at += string[0].length;
    } else if (literal) {
      found.push([literal[1] ?? "", literal[2] ?? ""]);
      before = "/";
      at += literal[0].length;
      before = ")";
    } else {
      if (character === "`") templates.push(-1);
      else if (character === "{") depth += 1;
      else if (character === "}") {
        depth -= 1;
        if (templates.at(-1) === depth) templates[templates.length - 1] = -1;
      }
      if (!/\s/.test(character))
        before =
          /\w/.test(character) && /\w$/.test(before) && /\w/.test(text[at - 1] ?? "")
            ? `${before}${character}`
            : character;
      at += 1;
    }
  }
  return found;
}
