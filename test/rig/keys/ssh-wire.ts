/** The parts of an OpenSSH signature (PROTOCOL.sshsig), to be put together again with one of them changed. */
export interface SignatureParts {
  readonly magic: Buffer;
  readonly version: number;
  readonly key: Buffer;
  readonly namespace: Buffer;
  readonly reserved: Buffer;
  readonly hash: Buffer;
  readonly signature: Buffer;
}

/** A length and that many bytes: what SSH calls a string. */
export function sshString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

export function sshStrings(...values: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(values.map(sshString));
}

/** A positive number as an `mpint`: with a zero byte in front where it would else be negative. */
export function sshNumber(magnitude: Uint8Array): Buffer {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const bytes = magnitude.subarray(start < 0 ? magnitude.length : start);
  return sshString((bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

/** The strings at the start of some data, and what comes after them. */
export function splitStrings(data: Buffer, count: number): { strings: readonly Buffer[]; rest: Buffer } {
  const strings: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const end = at + 4 + data.readUInt32BE(at);
    strings.push(data.subarray(at + 4, end));
    at = end;
  }
  return { strings, rest: data.subarray(at) };
}

export function takeApart(blob: Buffer): SignatureParts {
  const { strings } = splitStrings(blob.subarray(10), 5);
  const [key, namespace, reserved, hash, signature] = strings as [Buffer, Buffer, Buffer, Buffer, Buffer];
  return { magic: blob.subarray(0, 6), version: blob.readUInt32BE(6), key, namespace, reserved, hash, signature };
}

export function putTogether({ magic, version, key, namespace, reserved, hash, signature }: SignatureParts): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(version);
  return Buffer.concat([magic, number, sshStrings(key, namespace, reserved, hash, signature)]);
}
