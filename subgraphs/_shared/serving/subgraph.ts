import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type GraphQLSchema, parse } from "graphql";
import { buildSchema, type ClassType, createResolversMap, type NonEmptyArray } from "type-graphql";
import type { SubgraphName } from "../../agency-registry.ts";
import type { Caller } from "../identity/caller.ts";
import type { AnyProcedure } from "../parts/procedure.ts";
import { PartsResolver } from "../parts/resolvers.ts";
import { receivedParts } from "../parts/tables.ts";
import { tablesOf } from "../registers/register.ts";
import { guard, guardedReference } from "../rights/guard.ts";
import type { Context } from "./context.ts";
import type { Database, OpenDatabase, Tx } from "./database.ts";

/** An entity this subgraph defines or extends: its class and how a reference from another subgraph becomes an object. */
export type Entity = {
  type: ClassType;
  /** A method, so that each entity may narrow the reference to its keys and the context to its agency. */
  resolveReference(reference: unknown, context: { caller: Caller }): unknown;
};

/** A step that fills a register with synthetic entries, once for each database. Its name is recorded and never changes. */
export type Seed = { name: string; apply(tx: Tx, now: Date): Promise<void> };

export type SubgraphDefinition<Loaders> = {
  name: SubgraphName;
  resolvers: NonEmptyArray<ClassType>;
  entities: Entity[];
  loaders(context: Omit<Context<Loaders>, "loaders">): Loaders;
  /** Procedures that the agency decides. Their resolvers are added by themselves. */
  procedures: AnyProcedure[];
  /** The exports of the agency's `tables.ts`. */
  tables: Readonly<Record<string, unknown>>;
  /** Loads the agency's own reference data at every start, one process at a time; `seeds` as in ServingMode. */
  prepare?(db: Database, mode: { seeds: boolean }): Promise<void>;
  /** Synthetic entries of the demo, in order. */
  seeds: readonly Seed[];
  /** Work that goes on beside the requests, such as the saga's delivery. */
  background?(running: { database: OpenDatabase; now: () => Date }): { stop(): Promise<void> };
};

const FEDERATION_LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@requiresScopes",
    "@cost", "@listSize"])`;

const noTopics = () => {
  throw new Error("Subscriptions bring their own source of events");
};
/** type-graphql wants one where there is any subscription. */
const NO_TOPICS = { publish: noTopics, subscribe: noTopics };

/** Builds the executable schema, guarded by the rights its SDL states, and the SDL. Entities that are only extended reach the SDL because they are listed here. */
export async function buildSubgraph<L>(
  definition: SubgraphDefinition<L>,
): Promise<{ schema: GraphQLSchema; sdl: string }> {
  refuseUnkeptParts(definition);
  const built = await buildSchema({
    resolvers: definition.procedures.length > 0 ? [...definition.resolvers, PartsResolver] : definition.resolvers,
    orphanedTypes: definition.entities.map((e) => e.type),
    validate: false,
    skipCheck: true,
    pubSub: NO_TOPICS,
  });
  const sdl = `${FEDERATION_LINK}\n\n${printSchemaWithDirectives(built)}`;
  const resolvers = createResolversMap(built) as Record<string, Record<string, unknown>>;
  for (const { type, resolveReference } of definition.entities) {
    const __resolveReference = guardedReference(built.getType(type.name), resolveReference);
    resolvers[type.name] = { ...resolvers[type.name], __resolveReference };
  }
  const schema = guard(buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never }));
  return { schema, sdl };
}

/** @throws where an agency decides procedures and has no table for the parts that reach it */
function refuseUnkeptParts<L>({ name, procedures, tables }: SubgraphDefinition<L>): void {
  if (procedures.length === 0 || tablesOf(tables).includes(receivedParts)) return;
  throw new Error(
    `${name} decides procedures, so its tables.ts must export receivedParts of _shared/parts/tables.ts, and a migration must make the table`,
  );
}
