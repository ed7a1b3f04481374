import "reflect-metadata";
import type { IncomingHttpHeaders } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { getDocumentNodeFromSchema } from "@graphql-tools/utils";
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { buildSchema, type ClassType, createResolversMap, type NonEmptyArray } from "type-graphql";
import type { SubgraphName } from "../../agency-registry.ts";
import type { CountryCommune } from "../demo/country/types.ts";
import type { Caller } from "../identity/caller.ts";
import type { HeldPapers } from "../papers/held-papers.ts";
import { HeldPapersResolver } from "../papers/resolvers.ts";
import type { AnyProcedure } from "../parts/procedure.ts";
import { PartsResolver } from "../parts/resolvers.ts";
import { receivedParts } from "../parts/tables.ts";
import { pageResolvers, withEdges } from "../registers/connection-edges.ts";
import { nodeIdResolvers, withNodeId } from "../registers/node-ids.ts";
import { tablesOf } from "../registers/register.ts";
import { FoundRemindersResolver } from "../reminders/resolvers.ts";
import type { ExpirySource } from "../reminders/source.ts";
import { guard, guardedReference } from "../rights/guard.ts";
import type { TransferKind } from "../transfer/transfer-kind.ts";
import type { Context } from "./context.ts";
import type { Database, OpenDatabase, Tx } from "./database.ts";

/** Entity that this subgraph defines or extends: its class and the resolution of references from other subgraphs. */
export type Entity = {
  type: ClassType;
  /** The reference itself by default. Declared as a method, so that an entity may narrow the types of reference and context. */
  resolveReference?(reference: unknown, context: { caller: Caller }): unknown;
};

/** Answers a POST. The endpoint authenticates its caller by itself. */
export type Endpoint = (request: {
  headers: IncomingHttpHeaders;
  body: Buffer;
}) => Promise<{ status: number; body: object }>;

/** Seed that enters synthetic data into a register, once for each database. Its name is recorded and never changes. */
export type Seed = { name: string; apply(tx: Tx, now: Date): Promise<void> };

/** Surroundings of background work; it registers its own metrics in `metrics`. */
export type Running = { database: OpenDatabase; now: () => Date; log: Logger; metrics: Registry };

export type SubgraphDefinition<Loaders> = {
  name: SubgraphName;
  resolvers: NonEmptyArray<ClassType>;
  entities: readonly Entity[];
  loaders(context: Omit<Context<Loaders>, "loaders">): Loaders;
  /** Procedures that the agency decides. `buildSubgraph` adds the resolvers of parts. */
  procedures: AnyProcedure[];
  /** Papers about which the desk asks before it demands them; none by default. `buildSubgraph` adds the resolver. */
  heldPapers?: HeldPapers;
  /** Entries with a term, of which the desk reminds; none by default. `buildSubgraph` adds the resolver, `serve` the daily sweep. */
  expirySource?: ExpirySource;
  /** Exports of the agency's `tables.ts`. */
  tables: Readonly<Record<string, unknown>>;
  /** Loads the agency's own reference data at every start, one process at a time; `seeds` as in ServingMode. */
  prepare?(db: Database, mode: { seeds: boolean }): Promise<void>;
  /** Synthetic entries of the demo, in order. */
  seeds: readonly Seed[];
  /** Enters one commune of an invented country, see `npm run seed`. */
  enterCountry?(tx: Tx, place: CountryCommune): Promise<void>;
  /** Kinds of records that the agency exports and imports, in this order: see `npm run export`. */
  transfers?: readonly TransferKind[];
  /** Endpoints beside /graphql, by path, for callers that are no GraphQL clients. */
  endpoints?: Readonly<Record<string, Endpoint>>;
  /** Background work, such as the saga's deliveries. */
  background?(running: Running): { stop(): Promise<void> };
};

/** Descriptions of the schema and its root types, the same at every agency, so that composition has no choice to make. */
const DESCRIPTIONS = {
  schema:
    "Vietnamese public services at one-stop desks, across the registers of their agencies (dịch vụ công liên thông).",
  Query: "Reads of registers, dossiers, procedures and code lists (tra cứu).",
  Mutation: "Acts of applicants, desks and officers; business outcomes are data in `problems` (thực hiện thủ tục).",
  Subscription: "Events of dossiers, as a stream (theo dõi).",
} as const;

const FEDERATION_LINK = parse(`extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@requiresScopes",
    "@cost", "@listSize"])`);

const itself = (reference: unknown) => reference;

const noTopics = () => {
  throw new Error("Subscriptions bring their own source of events");
};
/** type-graphql requires a PubSub if there is a subscription. */
const NO_TOPICS = { publish: noTopics, subscribe: noTopics };

/**
 * Builds the document of the SDL and the executable schema, guarded by the rights in the SDL. Entities that are only extended get
 * into the SDL as `orphanedTypes`.
 */
export async function buildSubgraph<L>(
  definition: SubgraphDefinition<L>,
): Promise<{ schema: GraphQLSchema; document: DocumentNode }> {
  refuseUnkeptParts(definition);
  const built = await buildSchema({
    resolvers: [
      ...definition.resolvers,
      ...(definition.procedures.length > 0 ? [PartsResolver] : []),
      ...(definition.heldPapers ? [HeldPapersResolver] : []),
      ...(definition.expirySource ? [FoundRemindersResolver] : []),
    ],
    orphanedTypes: definition.entities.map((e) => e.type),
    validate: false,
    skipCheck: true,
    pubSub: NO_TOPICS,
  });
  const resolvers = createResolversMap(built) as Record<string, Record<string, unknown>>;
  const typeDefs = documentOf(built);
  const derived = { ...pageResolvers(typeDefs), ...nodeIdResolvers(typeDefs, resolvers) }; // no page has a node id
  for (const [type, fields] of Object.entries(derived)) resolvers[type] = { ...resolvers[type], ...fields };
  for (const { type, resolveReference = itself } of definition.entities) {
    const __resolveReference = guardedReference(built.getType(type.name), resolveReference);
    resolvers[type.name] = { ...resolvers[type.name], __resolveReference };
  }
  const schema = guard(buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }));
  return { schema, document: typeDefs };
}

/**
 * Document of a schema with the edges of its pages, the node ids of its entities and the descriptions of its roots. type-graphql demands
 * a `Query`; an empty one is not GraphQL (section 3.6), and some composers refuse it.
 */
function documentOf(schema: GraphQLSchema): DocumentNode {
  const { definitions } = getDocumentNodeFromSchema(schema);
  const kept = definitions.filter(
    (each) => each.kind !== Kind.SCHEMA_DEFINITION && !(each.kind === Kind.OBJECT_TYPE_DEFINITION && isEmpty(each)),
  );
  const roots = OPERATIONS.filter(([, name]) => kept.some((each) => isNamed(each, name)));
  const operations = roots.map(([operation, name]) => `${operation}: ${name}`).join(" ");
  const definition = operations
    ? parse(`${JSON.stringify(DESCRIPTIONS.schema)} schema { ${operations} }`).definitions
    : [];
  const types = kept.map(described).map(withNodeId).flatMap(withEdges);
  return { kind: Kind.DOCUMENT, definitions: [...FEDERATION_LINK.definitions, ...definition, ...types] };
}

const OPERATIONS = [
  ["query", "Query"],
  ["mutation", "Mutation"],
  ["subscription", "Subscription"],
] as const;

function described(definition: DefinitionNode): DefinitionNode {
  const [, root] = OPERATIONS.find(([, name]) => isNamed(definition, name)) ?? [];
  return root && definition.kind === Kind.OBJECT_TYPE_DEFINITION
    ? { ...definition, description: { kind: Kind.STRING, value: DESCRIPTIONS[root] } }
    : definition;
}

function isNamed(definition: DefinitionNode, name: string): boolean {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === name;
}

function isEmpty({ fields }: ObjectTypeDefinitionNode): boolean {
  return !fields?.length;
}

/** @throws if an agency decides procedures and has no table for received parts */
function refuseUnkeptParts<L>({ name, procedures, tables }: SubgraphDefinition<L>): void {
  if (procedures.length === 0 || tablesOf(tables).includes(receivedParts)) return;
  throw new Error(
    `${name} decides procedures, so its tables.ts must export receivedParts of _shared/parts/tables.ts, and a migration must make the table`,
  );
}
