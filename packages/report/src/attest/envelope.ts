import { encodeBase64, encodeText, formatArmor } from "@countersign/core/internal";

// Signed as DSSE 1.0 says: https://github.com/secure-systems-lab/dsse

/** The namespace of signatures over attestations: none of them can be taken for a co-sign, nor the other way round. */
export const DSSE_NAMESPACE = "countersign-dsse@v1";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** A signed statement. */
export interface Envelope {
  /** Base64 of the statement's JSON. */
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is signed of a statement's JSON: its type too, and the length of both, so that neither can be taken for the other. */
export function preAuthEncoding(payload: string): Uint8Array {
  return encodeText(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${encodeText(payload).length} ${payload}`);
}

/** `signature` is an OpenSSH signature without its armor, `keyid` the fingerprint of its key. */
export function toEnvelope(payload: string, keyid: string, signature: Uint8Array): Envelope {
  return {
    payload: encodeBase64(encodeText(payload)),
    payloadType: PAYLOAD_TYPE,
    // In its armor, so that what is decoded is the file that ssh-keygen reads.
    signatures: [{ keyid, sig: encodeBase64(encodeText(formatArmor(signature))) }],
  };
}
