import { encodeBase64, encodeText, formatTime, joinBytes } from "@countersign/core/internal";
import type { Landing, Overview } from "../overview/overview.ts";
import { escapeText } from "../text/escape.ts";
import { STANDING_WORDS } from "./sections/standing-words.ts";

const NAME = 60;
const SUBJECT = 100;
/** With more landings than this, subjects are cut short, so that the page is still small enough to mail. */
const MANY = 30_000;
const SHORT_SUBJECT = 60;
const FOLDERS = 6;
const WRONG = 6;

/** Each different value once, and where it is. */
class Values<Value> {
  readonly all: Value[] = [];
  readonly #places = new Map<string, number>();

  placeOf(value: Value): number {
    const key = JSON.stringify(value);
    const place = this.#places.get(key) ?? this.all.push(value) - 1;
    this.#places.set(key, place);
    return place;
  }
}

/**
 * All landings for the page's table, the newest first, as JSON in columns: what is alike stands together, and gzip makes a
 * third of it. All that others wrote is escaped here, and the page shows it as text.
 */
export async function packLandings({ landings }: Overview): Promise<string> {
  const rows = landings.toReversed();
  const people = new Values<string>();
  const agents = new Values<readonly string[]>();
  const folders = new Values<readonly string[]>();
  const standings = Object.keys(STANDING_WORDS);
  const columns = {
    ids: rows.map(({ commit }) => commit?.slice(0, 12) ?? "").join(""),
    // Since 1970, each counted from the one before: nobody reads the hours of a year.
    days: rows.map(({ landed }, index) => dayOf(landed) - dayOf(rows[index - 1]?.landed ?? 0)),
    subjects: rows.map(({ subject }) => escapeText(subject.trim(), rows.length > MANY ? SHORT_SUBJECT : SUBJECT)),
    authors: rows.map(({ author }) => people.placeOf(escapeText(author.name.trim() || author.email, NAME))),
    commits: rows.map(({ commits }) => commits),
    assisted: rows.map(({ assisted }) => assisted),
    agents: rows.map((row) => agents.placeOf(row.agents.map((agent) => escapeText(agent, NAME)))),
    folders: rows.map((row) => folders.placeOf(shortened(row.folders))),
    standings: rows.map(({ standing }) => standings.indexOf(standing)),
    cosigns: Object.fromEntries(rows.flatMap(cosignsOf)),
    wrong: Object.fromEntries(rows.flatMap(wrongOf)),
    people: people.all,
    agentLists: agents.all,
    folderLists: folders.all,
    standingWords: Object.entries(STANDING_WORDS),
  };
  return encodeBase64(await compress(encodeText(JSON.stringify(columns))));
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400);
}

function shortened(folders: readonly string[]): readonly string[] {
  const shown = folders.slice(0, FOLDERS).map((folder) => escapeText(folder, NAME));
  const left = folders.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more`] : shown;
}

function cosignsOf({ cosigns }: Landing, index: number): readonly (readonly [number, unknown])[] {
  if (cosigns.length === 0) return [];
  const told = cosigns.map(({ person, proof, time }) => [
    escapeText(person.name, NAME),
    proof,
    time === undefined ? "" : formatTime(time).slice(0, 16).replace("T", " "),
  ]);
  return [[index, told]];
}

function wrongOf({ wrong }: Landing, index: number): readonly (readonly [number, unknown])[] {
  if (wrong.length === 0) return [];
  return [[index, wrong.slice(0, WRONG).map(({ code, what }) => [code, escapeText(what, 300)])]];
}

async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("gzip");
  const writer = writable.getWriter();
  // Both ends at once: it takes no more than it can hand on.
  const written = Promise.all([writer.write(bytes), writer.close()]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readable) chunks.push(chunk);
  await written;
  return joinBytes(chunks);
}
