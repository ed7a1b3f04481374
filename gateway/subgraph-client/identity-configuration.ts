import { join } from "node:path";
import * as z from "zod";
import { dataDirectory } from "../../subgraphs/_shared/identity/keys.ts";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import type { CallerTokensConfiguration } from "../identity/caller-tokens.ts";
import { type BySubgraph, readBySubgraph, variablesBySubgraph } from "../subgraph-settings.ts";

/** Form of the caller's identity for a subgraph: the signed identity, the client's token, a token of the gateway's own, or nothing. */
export type IdentityKind = "sealed" | "token" | "jwt" | "none";

export type IdentityConfiguration = {
  /** Undefined: sealed where there are keys, otherwise none. */
  kinds: BySubgraph<IdentityKind | undefined>;
  /** Audience of the gateway's own tokens; undefined: the subgraph's name. */
  audiences: BySubgraph<string | undefined>;
  tokens: CallerTokensConfiguration;
};

const KIND = "SUBGRAPH_IDENTITY";
const AUDIENCE = "SUBGRAPH_AUDIENCE";
const kind = z.enum(["sealed", "token", "jwt", "none"], { error: "must be sealed, token, jwt or none" }).optional();

export const callerTokenVariables = {
  GATEWAY_JWT_ISSUER: z.string().default("urn:motcua:gateway"),
  GATEWAY_JWT_KEYS: list,
};

export function identityVariables(environment: NodeJS.ProcessEnv): Record<string, z.ZodType> {
  return {
    ...variablesBySubgraph(KIND, kind, environment),
    ...variablesBySubgraph(AUDIENCE, z.string().optional(), environment),
  };
}

export function identityConfiguration(
  environment: NodeJS.ProcessEnv,
  read: Readonly<Record<string, unknown>> & z.output<z.ZodObject<typeof callerTokenVariables>>,
): IdentityConfiguration {
  return {
    kinds: readBySubgraph(KIND, environment, read),
    audiences: readBySubgraph(AUDIENCE, environment, read),
    tokens: {
      issuer: read.GATEWAY_JWT_ISSUER,
      keyFiles: read.GATEWAY_JWT_KEYS,
      generatedKeyFile: join(dataDirectory(environment), "gateway-jwt-key.pem"),
    },
  };
}

/** True if any subgraph receives the identity of this kind. */
export function usesKind({ kinds }: IdentityConfiguration, kind: IdentityKind): boolean {
  return kinds.all === kind || [...kinds.single.values()].includes(kind);
}
