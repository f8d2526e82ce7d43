const LF = 0x0a;

/**
 * Whether a message is one line of ASCII that can be no trailer, address or link: nothing can be amiss in it, however
 * git cleans it up.
 */
export function isPlainSubject(message: Uint8Array): boolean {
  const end = message.indexOf(LF);
  if (end < 1 || end !== message.length - 1) return false;
  return message.every((byte) => byte < 0x80 && !TELLING.has(byte));
}

/** `:`, `=` and `@`. */
const TELLING = new Set([0x3a, 0x3d, 0x40]);
