import * as z from "zod";

/** Signature algorithms of tokens. Only asymmetric ones: with a shared secret every verifier could issue tokens. */
const ALGORITHMS = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"] as const;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Accepted algorithms, separated by commas. */
export const tokenAlgorithms = z
  .string()
  .default("ES256,RS256,EdDSA")
  .transform((text, context) => {
    const names = text.split(",").map((item) => item.trim());
    const unknown = names.filter((name) => !isAlgorithm(name));
    if (unknown.length === 0) return names.filter(isAlgorithm);
    const message = `must be a list of some of ${ALGORITHMS.join(", ")}; not ${unknown.join(", ")}`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

function isAlgorithm(name: string): name is (typeof ALGORITHMS)[number] {
  return ALGORITHMS.some((each) => each === name);
}

/** Address of an issuer's keys. In production it is https, or on this machine. */
export function keySetAddress(production: boolean) {
  return z
    .url({ protocol: /^https?$/, error: "is required: the https address of the token issuer's keys (JWKS)" })
    .refine((url) => !production || isSecureAddress(url), { error: "must be https in production" });
}

/** True for an address over https, or on this machine. */
export function isSecureAddress(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || LOOPBACK.has(hostname);
}
