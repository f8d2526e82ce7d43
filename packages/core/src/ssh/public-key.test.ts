import { expect, it } from "vitest";
import { readPublicKey } from "./public-key.ts";

const ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const RSA_1024 =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDHs0FD53zfmuTQZyi5K0Twie8OP8kqn18qL3o4FUQJ15unK8BhXxICdSRGqWnRj2nWstzP4vBLiUDq7YTFK38w2xSrpiJw4ez9TsQcbll5ktCTfaS6GpXSBF3BlrE47U6AiC8/c2Iez5TP69gAR7iZ7EA+kTYh06QjNjcy38IASw==";

/** A key line made of the strings that its data holds. */
function keyLine(type: string, ...strings: readonly (string | Uint8Array)[]): string {
  const parts = strings.map((string) => Buffer.from(string));
  const lengths = parts.map(({ length }) => Uint8Array.of(0, 0, length >> 8, length & 255));
  return `${type} ${Buffer.concat(parts.flatMap((part, index) => [lengths[index] as Uint8Array, part])).toString("base64")}`;
}

const point = (length: number): Uint8Array => new Uint8Array(length).fill(4);
const CERTIFICATE = "ssh-ed25519-cert-v01@openssh.com";
const E = [1, 0, 1];
const modulus = (length: number): Uint8Array => new Uint8Array(length).fill(0x55);
const rsa = (e: Iterable<number>, n: Iterable<number>): string =>
  keyLine("ssh-rsa", "ssh-rsa", Uint8Array.from(e), Uint8Array.from(n));
const SK = "sk-ssh-ed25519@openssh.com";
const SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";

it.each([
  ["ssh-ed25519", ED25519],
  [
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBO0sl3CJj96Mz2M8akqClqPWLVcLXMQMla44Mvi7lO2zAOcBL13H1xXshNbaE3tpPjvqX7jEoLWNpsdG8yXPdEc=",
  ],
  ["ecdsa-sha2-nistp384", keyLine("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", "nistp384", point(97))],
  ["ecdsa-sha2-nistp521", keyLine("ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521", "nistp521", point(133))],
  [
    "ssh-rsa",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDN51O/xh0ulkQ5KlbQ4lMBEZEBoQpWZyVoupeVJ5WYIsOyQ5kZrBm+qS7ptYMboSX041aeauH+25EmG53MJAXv5wqyxp+i3R4POpJDg+94TT8cEVGu5OIgai3JLN8GXZRw4ad+0DYJ0WJrYA33yGD3DJeD5i1uKwNhGa+cJ2ScJ2voJqpfhLEGtxWFaaD/pbKr0esaYSPbBV/Fei8gSC2+c/SBzDxZ/i7FvqJLg3JuDPsmLeY/Uf9oS/leAEU4xyQr7BdmfmqDJVGZuYUa3DspY3xiAIlnMWIyllNoX9z33V71W2krc8soJaTVP0d5qc63nCL2n9hCKLr46TZyZ1x1",
  ],
  [SK, keyLine(SK, SK, point(32), "ssh:")],
  [SK_ECDSA, keyLine(SK_ECDSA, SK_ECDSA, "nistp256", point(65), "ssh:")],
])("reads a key of type %s, whatever its comment", (type, line) => {
  expect(readPublicKey(`${line} Ada's laptop, 2026`)).toMatchObject({ type, text: line });
});

it("keeps the data in wire form", () => {
  const key = readPublicKey(ED25519);
  expect(typeof key === "string" ? key : Buffer.from(key.blob).toString("base64")).toBe(ED25519.split(" ")[1]);
});

it.each([
  ["nothing", "", /not a public key/],
  ["a type alone", "ssh-ed25519", /not a public key/],
  ["options in front", `cert-authority ${ED25519}`, /not a public key|key type/],
  ["two lines", `${ED25519}\n${ED25519}`, /not a public key/],
  ["a line feed in the comment", `${ED25519} a\nb`, /not a public key/],
  ["a type that is not supported", keyLine("ssh-dss", "ssh-dss"), /key type ssh-dss/],
  ["a type that is a property of objects", keyLine("constructor", "constructor"), /key type constructor/],
  ["data of another type", ED25519.replace("ssh-ed25519", "ssh-rsa"), /too early or too late/],
  ["a type that its data does not name", keyLine("ssh-ed25519", "ssh-ed25518", point(32)), /another type/],
  [
    "another curve than its type",
    keyLine("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp384", point(97)),
    /curve/,
  ],
  ["a compressed point", keyLine("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", "nistp256", point(33)), /point/],
  ["a short key", keyLine("ssh-ed25519", "ssh-ed25519", point(31)), /31 bytes where 32/],
  ["data after the key", keyLine("ssh-ed25519", "ssh-ed25519", point(32), "x"), /too early or too late/],
  ["cut data", `${ED25519.slice(0, -4)}`, /too early or too late/],
  ["base64 without its padding", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5A", /base64/],
  ["base64 with bits beyond its bytes", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AB==", /base64/],
  ["a short RSA key", RSA_1024, /1024 bits/],
  ["an RSA key that OpenSSL cannot use", rsa(E, modulus(2049)), /16391 bits; at most 16384/],
  ["an RSA key with the exponent 1", rsa([1], modulus(256)), /exponent/],
  ["an RSA key with an even exponent", rsa([1, 0, 0], modulus(256)), /exponent/],
  ["an RSA key with a longer spelling of its exponent", rsa([0, ...E], modulus(256)), /exponent is not a number/],
  ["an RSA key with a longer spelling of its modulus", rsa(E, [0, ...modulus(256)]), /modulus is not a number/],
  ["an RSA key with a negative modulus", rsa(E, new Uint8Array(256).fill(0x85)), /modulus is not a number/],
  ["a certificate", keyLine(CERTIFICATE, CERTIFICATE, point(32)), /is a certificate \(ssh-ed25519-cert-v01@/],
  ["a security key for a web site", keyLine(SK, SK, point(32), "https://acme.example"), /application/],
  ["a security key for no application", keyLine(SK, SK, point(32), ""), /application/],
])("refuses %s", (_name, line, flaw) => {
  expect(readPublicKey(line)).toMatch(flaw);
});
