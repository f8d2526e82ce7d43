import { digestOf, formatSignedFile } from "@countersign/core/internal";
import { ARMOR_BEGIN, parseArmor } from "../../packages/core/src/ssh/armor.ts";
import { edit, feature } from "../landings/files.ts";
import type { World } from "../landings/world.ts";
import { putTogether, type SignatureParts, takeApart } from "../rig/keys/ssh-wire.ts";
import type { MadeEntry, MadeFile } from "../rig/repository/memory-repository.ts";
import type { Story } from "./doors.ts";
import { type Attack, tryAttacks } from "./try-attacks.ts";

type Files = Readonly<Record<string, MadeFile>>;
type Change = (files: ReadonlyMap<string, MadeEntry>, w: World) => Files;

/** A branch that Ada signs, squashed, where what lies in the ledger of it is written otherwise. */
const written =
  (change: Change = (files) => Object.fromEntries(files)): Story =>
  async (w) => {
    const before = w.repository.filesOf(w.ledger);
    const head = feature(w);
    await w.sign(head);
    const added = new Map([...w.repository.filesOf(w.ledger)].filter(([path]) => !before.has(path)));
    w.write({ ...Object.fromEntries([...added.keys()].map((path) => [path, null])), ...change(added, w) });
    return w.button("squash", head);
  };

/** At other paths. */
const moved =
  (to: (path: string) => string): Change =>
  (files) =>
    Object.fromEntries([...files].map(([path, file]) => [to(path), file]));

/** With other texts at the paths that end so. */
const texts =
  (end: RegExp, change: (text: string) => string): Change =>
  (files, w) =>
    Object.fromEntries(
      [...files].map(([path, file]) => [path, end.test(path) ? change(w.repository.textOf(file.oid)) : file]),
    );

/** With other lines under the same signature, in the folders of those lines. */
const relined =
  (change: (lines: string) => string): Change =>
  (files, w) => {
    const record = [...files].find(([path]) => path.endsWith("/record"))?.[1];
    const [lines = "", armor = ""] = record ? w.repository.textOf(record.oid).split(/(?=-----BEGIN)/) : [];
    const [id, now] = [lines, change(lines)].map((text) => digestOf(Buffer.from(text)));
    if (id === now) throw new Error("nothing was changed");
    const place = moved((path) => path.replace(id ?? "", now ?? ""));
    return texts(/\/record$/, () => change(lines) + armor)(new Map(Object.entries(place(files, w))) as typeof files, w);
  };

/** With a signature that is written otherwise. */
const resigned = (change: (parts: SignatureParts) => Partial<SignatureParts>): Change =>
  texts(/\/record$/, (text) => {
    const [lines = "", armor = ""] = text.split(/(?=-----BEGIN)/);
    const parts = takeApart(Buffer.from(parseArmor(armor) ?? []));
    const signature = putTogether({ ...parts, ...change(parts) });
    return Buffer.from(formatSignedFile(Buffer.from(lines), signature)).toString();
  });

const blockOf = (lines: string, index: number): string => `change ${lines.split(/^change /m)[index] ?? ""}`;
const headOf = (lines: string): string => lines.split(/^change /m)[0] ?? "";
const next = (digit: string): string => (digit === "0" ? "1" : "0");

const missing = (change: Change): Attack => ({ attack: written(change), codes: "COSIGN_MISSING" });

tryAttacks({
  "no record": { attack: written(() => ({})), codes: "COSIGN_MISSING", twin: written() },
  "a block that is lifted out of its record": missing(relined((lines) => headOf(lines) + blockOf(lines, 3))),
  "a block that is put beside another record's": missing(
    relined((lines) => lines + blockOf(lines, 1).replace(/^author .*$/m, "author x@acme.example")),
  ),
  "a record without its last block": missing(relined((lines) => headOf(lines) + blockOf(lines, 1) + blockOf(lines, 2))),
  "a record whose blocks stand in another order": missing(
    relined((lines) => headOf(lines) + blockOf(lines, 3) + blockOf(lines, 1) + blockOf(lines, 2)),
  ),
  "another time in the lines": missing(relined((lines) => lines.replace(/\dZ$/m, (end) => `${next(end[0] ?? "")}Z`))),
  "another branch in the lines": missing(relined((lines) => lines.replace(/^branch \S+/m, "$&x"))),
  "a branch more in the lines": missing(relined((lines) => lines.replace(/^branch (\S+) (.*)$/m, "$&\nbranch $1x $2"))),
  "another author in the lines": missing(relined((lines) => lines.replace(/^author bob/m, "author jim"))),
  "another digest in the lines": missing(relined((lines) => lines.replace(/^(change sha256:)./m, "$1g"))),
  "blanks at the end of a line": missing(relined((lines) => lines.replace(/^parents 1$/m, "parents 1 "))),
  "CRLF in the lines": missing(relined((lines) => lines.replaceAll("\n", "\r\n"))),
  "a byte more in the file before": missing(texts(/\/before\//, (text) => `${text} `)),
  "a byte more in the file after": missing(texts(/\/after\//, (text) => `${text} `)),
  "a file more after": missing((files) => ({
    ...Object.fromEntries(files),
    ...Object.fromEntries([...files.keys()].map((path) => [path.replace(/\/record$/, "/after/c.txt"), "more\n"])),
  })),
  "another mode after": missing((files) =>
    Object.fromEntries(
      [...files].map(([path, file]) => [path, path.includes("/after/") ? { ...file, mode: "100755" } : file]),
    ),
  ),
  "a link in place of the record": missing((files) =>
    Object.fromEntries(
      [...files].map(([path, file]) => [path, path.endsWith("/record") ? { ...file, mode: "120000" } : file]),
    ),
  ),
  "another digit in the folder's record id": missing(moved((path) => path.replace(/.(?=-\d+\/)/, next))),
  "another digit in the folder's paths": missing(
    moved((path) => path.replace(/^(.{40})(.)/, (_, a, b) => a + next(b))),
  ),
  "another block number": missing(moved((path) => path.replace(/-3\//, "-4/"))),
  "the number of another block": missing(
    moved((path) => path.replace(/-([123])\//, (_, number) => `-${(Number(number) % 3) + 1}/`)),
  ),
  "a block number that begins with 0": missing(moved((path) => path.replace(/-(?=[123]\/)/, "-0"))),
  "a folder named in capitals": missing(moved((path) => path.replace(/^[^-]+/, (name) => name.toUpperCase()))),
  "a record a folder deeper": missing(moved((path) => path.replace(/-3\//, "-3/x/"))),
  "text behind the signature": missing(texts(/\/record$/, (text) => `${text}x\n`)),
  "a second signature": missing(texts(/\/record$/, (text) => text + text.slice(text.indexOf(ARMOR_BEGIN)))),
  "text before the lines": missing(texts(/\/record$/, (text) => `\n${text}`)),
  "base64 on one line": missing(
    texts(/\/record$/, (text) => edit(text, text.slice(text.indexOf(ARMOR_BEGIN)), oneLine(text))),
  ),
  "a version 0 of the signature": missing(resigned(({ version }) => ({ version: version - 1 }))),
  "a reserved field that is not empty": missing(resigned(() => ({ reserved: Buffer.from("x") }))),
  "another hash that is named": missing(resigned(() => ({ hash: Buffer.from("sha256") }))),
  "the namespace of git": { attack: signedIn("git"), codes: "COSIGN_MISSING" },
  "the namespace of files": { attack: signedIn("file"), codes: "COSIGN_MISSING" },
  "the namespace of another version": { attack: signedIn("countersign@v0"), codes: "COSIGN_MISSING" },
});

function oneLine(text: string): string {
  const [begin = "", ...lines] = text.slice(text.indexOf(ARMOR_BEGIN)).trimEnd().split("\n");
  return `${begin}\n${lines.slice(0, -1).join("")}\n${lines.at(-1)}\n`;
}

function signedIn(namespace: string): Story {
  return async (w) => {
    const head = feature(w);
    await w.sign(head, { namespace });
    return w.button("squash", head);
  };
}
