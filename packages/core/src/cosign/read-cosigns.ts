import { asciiLowerCase, decodeStrictly, decodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import { hasKey, parseTrailers, type Trailer } from "../trailer/parse.ts";
import { COSIGN_KEY, type CosignClaim, type Cosigns, type RefusedClaim, SIGNATURE_KEY } from "./cosign.ts";
import { findNearMisses, mentionsCosign } from "./near-miss.ts";
import { type AddressedSignature, readSignature } from "./read-signature.ts";

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
  const people: Omit<CosignClaim, "signatures">[] = [];
  const signatures: AddressedSignature[] = [];
  const refused: RefusedClaim[] = [];
  for (const trailer of trailers) {
    const { line, value } = trailer;
    const read = hasKey(trailer, COSIGN_KEY)
      ? readPerson(value, commit.encoding)
      : hasKey(trailer, SIGNATURE_KEY)
        ? readSignature(value, line)
        : undefined;
    if (read === undefined) continue;
    if (typeof read === "string") refused.push({ code: "COSIGN_INVALID", line, problem: read });
    else if ("signature" in read) signatures.push(read);
    else people.push({ ...read, line });
  }
  for (const { email, line } of signatures) {
    if (people.some((person) => person.email === email)) continue;
    refused.push({
      code: "COSIGN_INVALID",
      line,
      problem: `it is a signature without a ${COSIGN_KEY} line of ${email}`,
    });
  }
  const claims = people.map((person) => ({
    ...person,
    signatures: signatures.filter(({ email }) => email === person.email),
  }));
  refused.push(...findNearMisses(decodeText(commit.message), trailers));
  if (claims.length > 0 && !sameBehindDivider(commit.message, trailers)) {
    const problem =
      'a line that begins with "---" makes git\'s commands disagree on which trailers there are; remove it';
    return { claims: [], refused: claims.map(({ line }) => ({ code: "COSIGN_MISPLACED", line, problem })) };
  }
  return { claims, refused };
}

/** Reads `Name <address>`; a text is the reason why it is not one. */
function readPerson(value: Uint8Array, encoding: string | undefined): { name: string; email: string } | string {
  if (value.length > VALUE_LIMIT) return `its value has ${value.length} bytes; the limit is ${VALUE_LIMIT}`;
  const text = decodeValue(value, encoding);
  if (text === undefined) return "it is not valid UTF-8";
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)) return "it holds control or invisible characters";
  const parts = /^([^<>]*)<([^<>]*)>$/.exec(text);
  const name = parts?.[1]?.trim() ?? "";
  const email = parts?.[2] ?? "";
  if (name === "" || email === "") return "it must be one name and one address: Name <address>";
  if (!/^[!-~]+$/.test(email)) return "its address must be printable ASCII without blanks";
  return { name, email: asciiLowerCase(email) };
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
  const lines = (all: readonly Trailer[]): string =>
    all
      .filter((trailer) => hasKey(trailer, COSIGN_KEY) || hasKey(trailer, SIGNATURE_KEY))
      .map(({ line, value }) => `${line} ${value.join()}`)
      .join("\n");
  return lines(trailers) === lines(parseTrailers(message, { divider: true }));
}
