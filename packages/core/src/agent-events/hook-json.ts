import { decodeText } from "../bytes.ts";
import { asFields, type Fields } from "./hook-fields.ts";

/**
 * The JSON object that a hook was given; undefined if it is not one. Windsurf writes control characters into strings
 * as they are, and Cursor on Windows writes UTF-16 or a byte order mark.
 */
export function parseHookJson(payload: Uint8Array): Fields | undefined {
  const text = decodePayload(payload);
  try {
    return asFields(JSON.parse(text) as unknown);
  } catch {
    try {
      return asFields(JSON.parse(escapeControls(text)) as unknown);
    } catch {
      return undefined;
    }
  }
}

function decodePayload(payload: Uint8Array): string {
  // JSON begins with an ASCII character, whose second byte is zero in UTF-16.
  const wide = (payload[0] === 0xff && payload[1] === 0xfe) || (payload.length > 1 && payload[1] === 0);
  const text = wide ? new TextDecoder("utf-16le").decode(payload) : decodeText(payload);
  return text.replace(/^\uFEFF+/, "");
}

/** Writes the control characters within strings as JSON requires them. */
function escapeControls(text: string): string {
  let escaped = "";
  let done = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) inString = !inString;
    else if (code === BACKSLASH) at += 1;
    else if (inString && code < 0x20) {
      escaped += `${text.slice(done, at)}\\u${code.toString(16).padStart(4, "0")}`;
      done = at + 1;
    }
  }
  return escaped + text.slice(done);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
