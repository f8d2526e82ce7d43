import { decodeBase64, encodeBase64 } from "./base64.ts";

export const ARMOR_BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
const ARMOR_END = "-----END SSH SIGNATURE-----\n";
/** How many characters of base64 ssh-keygen puts on a line. */
const COLUMNS = 70;

/** A signature in the armor in which `ssh-keygen -Y sign` writes it. */
export function formatArmor(signature: Uint8Array): string {
  const base64 = encodeBase64(signature);
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += COLUMNS) lines.push(`${base64.slice(at, at + COLUMNS)}\n`);
  return `${ARMOR_BEGIN}${lines.join("")}${ARMOR_END}`;
}

/** The signature of an armor; undefined if it is not to the byte as `formatArmor` writes it. */
export function parseArmor(armor: string): Uint8Array | undefined {
  if (!armor.startsWith(ARMOR_BEGIN) || !armor.endsWith(ARMOR_END)) return undefined;
  const base64 = armor.slice(ARMOR_BEGIN.length, -ARMOR_END.length).replaceAll("\n", "");
  const signature = decodeBase64(base64);
  return signature && formatArmor(signature) === armor ? signature : undefined;
}
