import type { GraphQLSchema } from "graphql";
import type { RequestScope } from "../subgraph-client/request-scope.ts";
import type { GraphqlParameters } from "./graphql-parameters.ts";
import type { GraphqlResponse } from "./graphql-response.ts";
import type { Operations } from "./operations.ts";
import type { Preparation } from "./parse-and-validate.ts";
import type { AdmitCost, Execute } from "./request.ts";

/** One request on an execution path. */
export type PathRequest = {
  operations: Operations;
  preparation: Preparation;
  parameters: GraphqlParameters;
  method: string;
  scope: RequestScope;
  /** Undefined for the events of a subscription, whose cost is charged once. */
  admitCost: AdmitCost | undefined;
  /** Replaces the path's own executor for the events of a subscription. */
  execute?: Execute;
};

/** One way from a prepared operation to its response. Clients cannot tell the paths apart. */
export type ExecutionPath = {
  respond(request: PathRequest): Promise<GraphqlResponse>;
  servesSubscriptions: boolean;
  /** API schema that the path has built; undefined where the pipeline builds it. */
  schema(): GraphQLSchema | undefined;
  /** Adopts another supergraph. @throws Error when it cannot be loaded; the current one stays. */
  update(supergraphSdl: string): void;
  stop(): Promise<void>;
};
