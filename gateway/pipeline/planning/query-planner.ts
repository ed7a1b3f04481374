import {
  buildSchemaFromAST,
  DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  operationFromDocument,
  printSchema,
  type Schema,
  Supergraph,
} from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import { type DocumentNode, parse } from "graphql";
import { oneByteNames } from "../../supergraph/one-byte-names.ts";
import { progressivelyOverridden } from "../../supergraph/override-labels.ts";
import { plannableSupergraph } from "../../supergraph/plannable-supergraph.ts";
import { requirementSubgraphs } from "../../supergraph/requirement-subgraphs.ts";
import { enforcedSpecifications } from "../../supergraph/security-directives.ts";
import { preferInterfaceFields } from "./interface-fields.ts";
import { PLANNER_BOUNDS } from "./planner-bounds.ts";
import { selectByType } from "./select-by-type.ts";
import { unmetRequirements } from "./unmet-requirements.ts";

/** Beginning of the planner's message. */
const TOO_MANY_OPTIONS = "Too many options generated";

/** Result of planning one operation. All of it is plain data, so that it passes between threads. */
export type PlannerResult =
  | { kind: "planned"; plan: QueryPlan }
  /** The planner met more than `PLANNER_BOUNDS.pathsLimit` ways to resolve a part of the operation. */
  | { kind: "too many options" }
  /** A field of the plan would be fetched without what it requires. */
  | { kind: "unmet requirement"; field: string }
  | { kind: "fault"; reason: string };

/** Text of one operation, valid and normalized, with the active labels of progressive overrides. */
export type PlannerTask = { text: string; overrides: readonly string[] };

/** Query planner of one supergraph, on the thread that calls it. */
export type SupergraphQueryPlanner = {
  plan(task: PlannerTask): PlannerResult;
  /** SDL of the schema for clients. */
  apiSdl(): string;
};

/**
 * @param isKnownValid true for a text with which a planner was opened before: it is not validated again.
 * @throws Error when the text is no valid supergraph, or requires a feature that the gateway does not support.
 */
export function openQueryPlanner(supergraphSdl: string, isKnownValid = false): SupergraphQueryPlanner {
  const names = oneByteNames(supergraphSdl); // before any other code reads the names
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const { document: plannable, restore } = plannableSupergraph(supergraph);
  const { plan, api } = checkedPlanner(plannable, isKnownValid);
  let planByRequirement: CheckedPlanner["plan"] | undefined; // made when it is needed

  function checked(task: PlannerTask): CheckedPlan {
    const made = plan(task);
    if (made.unmet === undefined) return made;
    try {
      planByRequirement ??= requirementPlanner(plannable);
      return planByRequirement(task);
    } catch {
      return made; // the operation is refused for what the first plan lacks
    }
  }

  return Object.assign(
    {
      plan(task: PlannerTask): PlannerResult {
        try {
          const { plan, unmet } = checked(task);
          return unmet === undefined
            ? { kind: "planned", plan: restore(plan) }
            : { kind: "unmet requirement", field: unmet };
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          const isTooMany = reason.startsWith(TOO_MANY_OPTIONS);
          return isTooMany ? { kind: "too many options" } : { kind: "fault", reason };
        }
      },
      apiSdl: () => printSchema(api),
    },
    { names }, // keeps them alive
  );
}

/** A plan, and the field that it fetches without what it requires. */
type CheckedPlan = { plan: QueryPlan; unmet: string | undefined };
type CheckedPlanner = { plan(task: PlannerTask): CheckedPlan; api: Schema };

/** Planner that fetches fields with a @requires apart from others. It needs more time and memory, so it is the second choice. */
function requirementPlanner(supergraph: DocumentNode): CheckedPlanner["plan"] {
  const separate = requirementSubgraphs(supergraph);
  const planner = separate && checkedPlanner(separate.supergraph);
  return (task) => {
    if (!planner) throw new Error("the fields with a @requires cannot be fetched apart from others");
    const { plan, unmet } = planner.plan(task);
    return { plan: separate.restore(plan), unmet };
  };
}

function checkedPlanner(supergraph: DocumentNode, isKnownValid = false): CheckedPlanner {
  const supportedFeatures = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...enforcedSpecifications(supergraph)]);
  const schema = buildSchemaFromAST(supergraph, { validate: false });
  // subgraphs are validated in any case: their validation also gives root types their default names
  if (isKnownValid) schema.assumeValid();
  const built = new Supergraph(schema, supportedFeatures);
  const neededByType = preferInterfaceFields(built.subgraphs());
  const planner = new QueryPlanner(built, { debug: PLANNER_BOUNDS });
  const api = built.apiSchema();
  const overridden = progressivelyOverridden(supergraph);
  const unmetIn = unmetRequirements(supergraph);

  /** The planner would take such a field of an interface from a subgraph from which it is overridden, whatever the labels. */
  function withOverriddenByType(document: DocumentNode): DocumentNode {
    const byType = overridden.size > 0 ? selectByType(document, api, overridden) : undefined;
    if (byType === "too much") throw new Error(TOO_MANY_OPTIONS);
    return byType ?? document;
  }

  function plan({ text, overrides }: PlannerTask): QueryPlan {
    const document = withOverriddenByType(parse(text, { noLocation: true }));
    const overrideConditions = new Map(overrides.map((label) => [label, true])); // no other label is active
    const planOf = (each: DocumentNode) =>
      planner.buildQueryPlan(operationFromDocument(api, each, { validate: false }), { overrideConditions });
    try {
      return planOf(document);
    } catch (error) {
      const byType = selectByType(document, api, neededByType);
      if (!byType || byType === "too much") throw error;
      return planOf(byType);
    }
  }

  return {
    plan(task) {
      const made = plan(task);
      return { plan: made, unmet: unmetIn(made) };
    },
    api,
  };
}
