import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, validate } from "graphql";
import type { ExecutionError } from "../../../gateway/executor/compiled-operation.ts";
import { openOperations } from "../../../gateway/pipeline/operations.ts";
import { executePrepared } from "../../../gateway/pipeline/request.ts";
import { parseSubgraphResponse } from "../../../gateway/subgraph-client/parse-response.ts";
import { SubgraphFailure } from "../../../gateway/subgraph-client/subgraph-failure.ts";
import type { Subgraph, SubgraphRequest, SubgraphResponse } from "../../../gateway/subgraph-client/subgraph-request.ts";
import { fromUtf8, toUtf8 } from "../../../gateway/utf8.ts";
import { versionOf } from "./planning-in-thread.ts";
import { sendingBy } from "./promised-subgraph.ts";
import { aScope } from "./scripted-subgraph.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external",
  "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@context", "@fromContext"])\n`;

export type SubgraphSpecification = {
  sdl: string;
  resolvers?: Record<string, unknown>;
  /** Replaces the subgraph's response by any value. */
  says?: (call: SubgraphRequest) => unknown;
  /** Response as JSON text, whose numbers nothing rounds. */
  sends?: (call: { query: string; variables: string }) => string;
  isDown?: boolean;
};

type Asked = { name: string; query: string; variables: Record<string, unknown> };
type Answer = { data: unknown; text: string | undefined; errors: readonly ExecutionError[] };

export type Federation = {
  run(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Requests to the subgraphs, in order. */
  asked: Asked[];
  supergraph: string;
};

/** Composes subgraphs in this process and executes operations by our executor. @param edit changes the supergraph. */
export function federation(
  specifications: Record<string, SubgraphSpecification>,
  edit: (supergraph: string) => string = (supergraph) => supergraph,
): Federation {
  const asked: Asked[] = [];
  const names = Object.keys(specifications);
  const { supergraphSdl: composed, errors } = composeServices(
    names.map((name) => ({ name, url: "http://x/", typeDefs: parse(LINK + specifications[name]?.sdl) })),
  );
  if (!composed) throw new Error(errors?.map((each) => each.message).join("\n"));
  const supergraphSdl = edit(composed);
  const subgraphs = new Map(Object.entries(specifications).map(([name, each]) => [name, inProcess(name, each, asked)]));
  const operations = openOperations(versionOf(supergraphSdl, { subgraphs }));
  return {
    asked,
    supergraph: supergraphSdl,
    async run(query, variables = {}) {
      asked.length = 0;
      const scope = aScope({}, { requestId: "request-1", deadline: Infinity });
      const { data: utf8, errors } = await executePrepared(operations.prepare(query, undefined), variables, scope);
      const text = utf8 && fromUtf8(utf8);
      return { data: text === undefined ? undefined : JSON.parse(text), text, errors };
    },
  };
}

function inProcess(name: string, specification: SubgraphSpecification, asked: Asked[]): Subgraph {
  const { sdl, resolvers = {}, says, sends, isDown = false } = specification;
  const schema = buildSubgraphSchema({ typeDefs: parse(LINK + sdl), resolvers: resolvers as never });
  return {
    name,
    agency: name.toUpperCase(),
    url: "http://x/",
    send: sendingBy(async (call) => {
      const { query } = call;
      const variables = JSON.parse(fromUtf8(call.variables));
      asked.push({ name, query, variables });
      if (isDown) throw new SubgraphFailure("it is down", "disconnected");
      if (sends) return parsed(sends({ query, variables: fromUtf8(call.variables) }));
      if (says) return answerOf(await says(call));
      const document = parse(query);
      const invalid = validate(schema, document);
      if (invalid.length > 0) throw new Error(`${name} was sent a wrong query: ${invalid[0]?.message}\n${query}`);
      const result = await execute({ schema, document, variableValues: variables });
      return answerOf(result);
    }),
    close: async () => {},
  };
}

/** Parsed response, or the raw value where it is no response. */
function answerOf(said: unknown): SubgraphResponse {
  return parseSubgraphResponse(toUtf8(JSON.stringify(said) ?? "")) ?? (said as SubgraphResponse);
}

function parsed(json: string): SubgraphResponse {
  const response = parseSubgraphResponse(toUtf8(json));
  if (!response) throw new Error(`Not a GraphQL response: ${json}`);
  return response;
}
