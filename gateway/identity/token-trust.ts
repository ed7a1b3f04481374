import type { PublishedIssuer, TrustedIssuer } from "../../subgraphs/_shared/identity/token-verifier.ts";

/** Trusted issuers of tokens: the demo's own key, published key sets, or none (then only anonymous requests are served). */
export type TokenTrust =
  | DemoTrust
  | (PublishedIssuer & { kind: "published" /** Issuers besides the first. */; others?: readonly PublishedIssuer[] })
  | { kind: "none" };

/** Trust in the tokens of the demo, whose key is in the demo directory. */
export type DemoTrust = Pick<TrustedIssuer, "claims"> & {
  kind: "demo";
  directory: string;
  issuer: string;
  audience: string;
};
