/** Trusted issuer of tokens: the demo's own key, a published key set, or none (then only anonymous requests are served). */
export type TokenTrust =
  | DemoTrust
  | { kind: "published"; jwksUrl: URL; algorithms: readonly string[]; issuer: string; audience: string }
  | { kind: "none" };

/** Trust in the tokens of the demo, whose key lies in the demo directory. */
export type DemoTrust = { kind: "demo"; directory: string; issuer: string; audience: string };
