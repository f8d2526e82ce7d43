import { bytesOfHex, digestOf, encodeBase64, encodeText } from "@countersign/core/internal";

/**
 * What a browser lets a page do: nothing but this style and this script, by their digests, whatever else may stand in the
 * page, and no request to anywhere.
 */
export function contentPolicy(style: string, script: string): string {
  const [styled, run] = [style, script].map((text) => `'sha256-${base64DigestOf(text)}'`);
  return `default-src 'none'; style-src ${styled}; script-src ${run}; img-src data:; base-uri 'none'; form-action 'none'`;
}

function base64DigestOf(text: string): string {
  return encodeBase64(bytesOfHex(digestOf(encodeText(text))));
}
