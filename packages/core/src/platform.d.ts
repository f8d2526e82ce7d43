// The two names of the web platform that core uses. Core is compiled without Node's types,
// so that a file system, a process or a console cannot slip in.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array;
}
