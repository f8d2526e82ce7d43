import fc from "fast-check";

/** A change of some lines: so many go at a place, and these come. Places count from the start, and from it again at the end. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

/** Lines that repeat: few words, some indented, some blank, some without a letter or digit. */
function lines(words: number): fc.Arbitrary<string> {
  const word = fc.integer({ min: 1, max: words }).map((number) => `w${number}`);
  return fc.oneof(
    { weight: 6, arbitrary: word },
    word.map((text) => `  ${text}`),
    fc.constantFrom("", "}", "  }"),
  );
}

function edits(line: fc.Arbitrary<string>, most: number): fc.Arbitrary<readonly Edit[]> {
  const edit = fc.record<Edit>({
    at: fc.nat(1000),
    removed: fc.integer({ min: 0, max: 3 }),
    added: fc.array(line, { maxLength: 3 }),
  });
  return fc.array(edit, { maxLength: most });
}

function apply(text: readonly string[], changes: readonly Edit[]): readonly string[] {
  const edited = [...text];
  for (const { at, removed, added } of changes) edited.splice(at % (edited.length + 1), removed, ...added);
  return edited;
}

/** How lines end: alike, mixed, and the last one perhaps not at all. */
const endings = fc.record({
  each: fc.oneof(fc.constant(["\n"]), fc.constant(["\r\n"]), fc.constant(["\n", "\n", "\r\n"])),
  last: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
});

function write(text: readonly string[], { each, last }: { each: readonly string[]; last: boolean }): string {
  const ended = text.map((line, index) => `${line}${each[index % each.length]}`).join("");
  return last ? ended : ended.replace(/\r?\n$/, "");
}

/** A text, and one that came out of it by some edits. */
export function pairs(words: number, length: number, most: number): fc.Arbitrary<readonly [Buffer, Buffer]> {
  const line = lines(words);
  return fc
    .record({ base: fc.array(line, { maxLength: length, size: "max" }), edits: edits(line, most), ends: endings })
    .map(({ base, edits: changes, ends }) => [write(base, ends), write(apply(base, changes), ends)])
    .map(([before = "", after = ""]) => [Buffer.from(before), Buffer.from(after)]);
}

/** A text, and two that came out of it, of which the second can have edits of the first too. */
export function triples(words: number, length: number, most: number): fc.Arbitrary<readonly [Buffer, Buffer, Buffer]> {
  const line = lines(words);
  const record = fc.record({
    base: fc.array(line, { maxLength: length, size: "max" }),
    ours: edits(line, most),
    theirs: edits(line, most),
    shared: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, edits(line, 2)),
    ends: fc.tuple(endings, endings, endings),
    alike: fc.boolean(),
  });
  return record.map(({ base, ours, theirs, shared, ends, alike }) => {
    const started = apply(base, shared);
    const texts = [base, apply(started, ours), apply(started, theirs)];
    const [old, our, their] = texts.map((text, side) =>
      Buffer.from(write(text, (alike ? ends[0] : ends[side]) ?? ends[0])),
    );
    return [old, our, their] as readonly [Buffer, Buffer, Buffer];
  });
}
