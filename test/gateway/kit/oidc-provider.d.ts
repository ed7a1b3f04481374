declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Token = { accountId: string };
  type ResourceServer = { scope: string; audience: string; accessTokenFormat: "jwt"; accessTokenTTL: number };

  /** OpenID Provider, as far as the tests configure it. */
  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    readonly RefreshToken: {
      find(value: string): Promise<{ grantId: string } | undefined>;
      revokeByGrantId(grantId: string): Promise<void>;
    };
  }

  export type Configuration = {
    clients: readonly object[];
    jwks: { keys: readonly object[] };
    cookies: { keys: readonly string[] };
    scopes: readonly string[];
    ttl: Record<string, number>;
    clientBasedCORS(context: unknown, origin: string): boolean;
    findAccount(context: unknown, id: string): { accountId: string; claims(): { sub: string } };
    extraTokenClaims(context: unknown, token: Token): object;
    issueRefreshToken(): boolean;
    features: {
      devInteractions: { enabled: boolean };
      resourceIndicators: {
        enabled: boolean;
        defaultResource(): string;
        useGrantedResource(): boolean;
        getResourceServerInfo(): ResourceServer;
      };
    };
  };
}
