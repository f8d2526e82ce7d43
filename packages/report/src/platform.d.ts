// What this package uses of its platform beside the language: names of the web that Node and browsers both have.
declare class CompressionStream {
  constructor(format: "gzip");
  readonly readable: AsyncIterable<Uint8Array>;
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> };
  };
}
