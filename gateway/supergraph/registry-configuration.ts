import * as z from "zod";
import { list } from "../../subgraphs/_shared/serving/environment.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import type { UplinkGraph } from "./uplink-source.ts";

/** Location of the supergraph: a file or an http(s) address as text, or a registry. */
export type SupergraphLocation =
  | string
  | (UplinkGraph & { registry: "uplink" })
  | { registry: "hive"; endpoint: string; key: string };

const APOLLO = "https://uplink.api.apollographql.com/, https://aws.uplink.api.apollographql.com/";
const isAddress = (text: string) => /^https?:/.test(text) && URL.canParse(text);

/** Variables of the supergraph's location. Those of a registry are required if SUPERGRAPH names it. */
export function supergraphVariables({ SUPERGRAPH: source }: NodeJS.ProcessEnv) {
  const needed = (registry: string, what: string) =>
    source === registry
      ? z.string({ error: `is required with SUPERGRAPH=${registry}: ${what}` })
      : z.string().optional();
  return {
    SUPERGRAPH: z.string().default(projectPath("schema", "supergraph.graphql")),
    SUPERGRAPH_POLL_SECONDS: z.coerce.number().min(0).max(86_400).default(10),
    APOLLO_GRAPH_REF: needed("uplink", "the graph and its variant, such as shop@current"),
    APOLLO_KEY: needed("uplink", "the key of the graph"),
    APOLLO_UPLINK_ENDPOINTS: z
      .string()
      .default(APOLLO)
      .transform((text) => list.parse(text))
      .refine((endpoints) => endpoints.length > 0 && endpoints.every(isAddress), {
        error: "must be a list of http(s) addresses, tried in turn",
      }),
    HIVE_CDN_ENDPOINT: z
      .string()
      .optional()
      .refine((text) => (text === undefined ? source !== "hive" : isAddress(text)), {
        error: "must be the CDN's address of the target, such as https://cdn.graphql-hive.com/artifacts/v1/ID",
      }),
    HIVE_CDN_KEY: needed("hive", "the access token of the CDN"),
  };
}

type Read = z.output<z.ZodObject<ReturnType<typeof supergraphVariables>>>;

export function supergraphLocation(read: Read): SupergraphLocation {
  if (read.SUPERGRAPH === "uplink") {
    const { APOLLO_GRAPH_REF: graphRef = "", APOLLO_KEY: apiKey = "", APOLLO_UPLINK_ENDPOINTS: endpoints } = read;
    return { registry: "uplink", endpoints, graphRef, apiKey };
  }
  if (read.SUPERGRAPH !== "hive") return read.SUPERGRAPH;
  const endpoint = (read.HIVE_CDN_ENDPOINT ?? "").replace(/\/+$/, "").replace(/(?:\/supergraph)?$/, "/supergraph");
  return { registry: "hive", endpoint, key: read.HIVE_CDN_KEY ?? "" };
}

/** The location as messages name it, without keys. */
export function locationName(location: SupergraphLocation): string {
  if (typeof location === "string") return location;
  return location.registry === "uplink" ? `uplink ${location.graphRef}` : `hive ${location.endpoint}`;
}
