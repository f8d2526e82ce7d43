import { asciiLowerCase, decodeStrictly, decodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import { isObjectId } from "../object/oid.ts";
import { decodeBase64 } from "../ssh/base64.ts";
import { parseSshSignature } from "../ssh/ssh-signature.ts";
import { hasKey, parseTrailers, type Trailer } from "../trailer/parse.ts";
import { type Claim, COSIGN_KEY, type CoSignature, type Cosigns, type RefusedClaim, SIGNATURE_KEY } from "./claim.ts";
import type { TrailerPlace } from "./claim-place.ts";
import { NOTHING, TIME } from "./lines.ts";
import { findNearMisses, mentionsCosign } from "./near-miss.ts";

const NONE: Cosigns = { claims: [], refused: [] };

/** No more of a co-sign's value is read. */
const VALUE_LIMIT = 8 * 1024;

/**
 * Reads the co-signs of a commit, accepting narrowly: only where git's own trailer rule sees them,
 * with one name and one ASCII address, and without characters that hide or reorder text.
 */
export function readCosigns(commit: Pick<Commit, "message" | "encoding">): Cosigns {
  // Spares nearly every commit the search.
  if (!mentionsCosign(commit.message)) return NONE;
  const trailers = parseTrailers(commit.message);
  // By address: work is done for each line, never for each pair of a name and a signature.
  const people = new Map<string, Omit<Claim, "signatures">>();
  const signatures = new Map<string, AddressedSignature[]>();
  const seen = new Set<string>();
  const refused: RefusedClaim[] = [];
  for (const trailer of trailers) {
    const { line, value } = trailer;
    const read = hasKey(trailer, COSIGN_KEY)
      ? readPerson(value, commit.encoding)
      : hasKey(trailer, SIGNATURE_KEY)
        ? readSignature(value)
        : undefined;
    if (read === undefined) continue;
    const where = placeOf(line);
    if (typeof read === "string") refused.push({ code: "COSIGN_INVALID", where, problem: read });
    else if (!("signature" in read)) {
      // The same address again says nothing new.
      if (!people.has(read.email)) people.set(read.email, { ...read, where });
    } else if (!seen.has(decodeText(value))) {
      seen.add(decodeText(value));
      const same = signatures.get(read.email) ?? [];
      same.push({ ...read, where });
      signatures.set(read.email, same);
    }
  }
  for (const { email, where } of [...signatures.values()].flat()) {
    if (people.has(email)) continue;
    const problem = `it is a signature without a ${COSIGN_KEY} line of ${email}`;
    refused.push({ code: "COSIGN_INVALID", where, problem });
  }
  const claims = [...people.values()].map((person) => ({
    ...person,
    signatures: (signatures.get(person.email) ?? []).map(({ email: _, where: __, ...signature }) => signature),
  }));
  for (const { line, problem } of findNearMisses(decodeText(commit.message), trailers)) {
    refused.push({ code: "COSIGN_MISPLACED", where: placeOf(line), problem });
  }
  if (claims.length > 0 && !sameBehindDivider(commit.message, trailers)) {
    const problem =
      'a line that begins with "---" makes git\'s commands disagree on which trailers there are; remove it';
    return { claims: [], refused: claims.map(({ where }) => ({ code: "COSIGN_MISPLACED", where, problem })) };
  }
  return { claims, refused };
}

function placeOf(line: number): TrailerPlace {
  return { carrier: "trailer", line };
}

/** Reads `Name <address>`; a text is the reason why it is not one. */
function readPerson(value: Uint8Array, encoding: string | undefined): { name: string; email: string } | string {
  if (value.length > VALUE_LIMIT) return `its value has ${value.length} bytes; the limit is ${VALUE_LIMIT}`;
  const text = decodeValue(value, encoding);
  if (text === undefined) return "it is not valid UTF-8";
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)) return "it holds control or invisible characters";
  const [, written = "", email = ""] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? [];
  const name = written.trim();
  if (name === "" || email === "") return "it must be one name and one address: Name <address>";
  if (!/^[!-~]+$/.test(email)) return "its address must be printable ASCII without blanks";
  return { name, email: asciiLowerCase(email) };
}

/** A signature, the address that it is said to be of, in ASCII lower case, and where it stands. */
interface AddressedSignature extends CoSignature {
  readonly email: string;
  readonly where: TrailerPlace;
}

/**
 * Reads `address time base <author>… base64`, unfolded: a fold leaves one blank within the base64. A text says what is
 * wrong.
 */
function readSignature(value: Uint8Array): Omit<AddressedSignature, "where"> | string {
  const text = decodeStrictly(value) ?? "";
  const open = text.indexOf("<");
  const close = text.lastIndexOf(">");
  const [email = "", time = "", base = "", ...more] = text.slice(0, Math.max(0, open)).trimEnd().split(" ");
  const authors = text.slice(open + 1, Math.max(0, close)).split("> <");
  if (!/^[!-~]+$/.test(email) || base === "" || more.length > 0 || authors.some((author) => /[<>]/.test(author)))
    return "it must be an address, a time, a base, the authors in angle brackets and a signature";
  if (!TIME.test(time) || Number.isNaN(Date.parse(time)))
    return "its time must be in UTC to the second, as 2026-11-23T10:00:00Z";
  if (base !== NOTHING && !isObjectId(base)) return "its base must be a full commit id, or - for a new branch";
  const blob = decodeBase64(text.slice(close + 1).replaceAll(" ", ""));
  if (!blob) return "its signature is not canonical base64";
  const signature = parseSshSignature(blob);
  if (typeof signature === "string") return `its signature ${signature}`;
  return { email: asciiLowerCase(email), time, base: base === NOTHING ? undefined : base, authors, signature };
}

/** A legacy encoding in which the ASCII bytes of a trailer mean what they do in UTF-8. */
const LEGACY_ENCODING = /^(?:iso-?8859-?\d{1,2}|latin-?[1-9]|windows-?125\d|cp-?125\d)$/i;
const UTF8_OR_ASCII = /^(?:utf-?8|us-ascii|ascii)$/i;

/** Whether a co-sign in a message with this `encoding` header can be read without doubt. */
export function isReadableEncoding(encoding: string | undefined): boolean {
  return encoding === undefined || UTF8_OR_ASCII.test(encoding) || LEGACY_ENCODING.test(encoding);
}

function decodeValue(value: Uint8Array, encoding: string | undefined): string | undefined {
  if (encoding === undefined || UTF8_OR_ASCII.test(encoding)) return decodeStrictly(value);
  if (!LEGACY_ENCODING.test(encoding)) return undefined;
  // Only the name can hold such bytes, and it is shown but compared with nothing.
  return decodeText(value);
}

function sameBehindDivider(message: Uint8Array, trailers: readonly Trailer[]): boolean {
  const cosigns = (all: readonly Trailer[]): string =>
    JSON.stringify(
      all
        .filter((trailer) => hasKey(trailer, COSIGN_KEY) || hasKey(trailer, SIGNATURE_KEY))
        .map(({ line, value }) => [line, ...value]),
    );
  return cosigns(trailers) === cosigns(parseTrailers(message, { divider: true }));
}
