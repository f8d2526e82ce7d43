// What core uses of its platform: four names of the web, and of Node its cryptography alone. Core is compiled
// without Node's types, so that a file system, a process or a console cannot slip in.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array;
}

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
declare const AbortSignal: { any(signals: readonly AbortSignal[]): AbortSignal };
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare module "node:crypto" {
  /** A key that OpenSSL has read. */
  export class KeyObject {
    private constructor();
    readonly type: "public";
  }
  interface Hash {
    update(data: Uint8Array | string): this;
    digest(): Uint8Array;
    digest(encoding: "hex" | "base64"): string;
  }
  export function createHash(algorithm: "sha1" | "sha256" | "sha512"): Hash;
  export function createPublicKey(input: { key: Readonly<Record<string, string>>; format: "jwk" }): KeyObject;
  export function verify(
    algorithm: string | null,
    data: Uint8Array,
    key: KeyObject | { key: KeyObject; dsaEncoding: "ieee-p1363" },
    signature: Uint8Array,
  ): boolean;
}
