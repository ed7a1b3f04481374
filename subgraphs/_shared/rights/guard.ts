import {
  type ASTNode,
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  valueFromASTUntyped,
} from "graphql";
import { enforce } from "../identity/caller.ts";
import type { Context } from "../serving/context.ts";
import { type Atom, allOf, anyOf, OPEN, type Requirement } from "./requirement.ts";

/** How an entity is looked up by its key. */
export type ResolveReference = (reference: unknown, context: Context) => unknown;

/**
 * Enforces what the schema's own SDL states: a field is not resolved, or subscribed to, for a caller who lacks what it, its
 * type or the type it returns demands. So it holds for those too who reach an agency past the gateway.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const demanded = allOf(statedBy(field), ofType(type), ofType(getNamedType(field.type)));
      if (demanded.length === 0) continue;
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, demanded);
      if (field.subscribe) field.subscribe = guarded(field.subscribe, demanded);
    }
  }
  return schema;
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

function guarded(resolve: Resolve, demanded: Requirement): Resolve {
  return (source, args, context, info) => {
    enforce(context.caller, demanded);
    return resolve(source, args, context, info);
  };
}

/** Does not even look an entity up for a caller who may read nothing of its type. One refusal leaves other entities be. */
export function guardedReference(type: GraphQLNamedType | undefined, resolve: ResolveReference): ResolveReference {
  const demanded = type ? ofType(type) : OPEN;
  if (demanded.length === 0) return resolve;
  return async (reference, context) => {
    enforce(context.caller, demanded);
    return resolve(reference, context);
  };
}

function ofType(type: GraphQLNamedType): Requirement {
  return allOf(statedBy(type), ...type.extensionASTNodes.map((astNode) => statedBy({ astNode })));
}

function statedBy({
  astNode,
}: {
  astNode?: (ASTNode & { directives?: readonly ConstDirectiveNode[] }) | null | undefined;
}) {
  const stated = (astNode?.directives ?? []).filter((directive) => directive.name.value === "requiresScopes");
  return allOf(...stated.map((directive) => anyOf(scopesOf(directive))));
}

function scopesOf(directive: ConstDirectiveNode): Atom[][] {
  const value = directive.arguments?.find((each) => each.name.value === "scopes")?.value;
  const scopes = (value && valueFromASTUntyped(value)) as string[][] | undefined; // the schema was built, so it is of its type
  return (scopes ?? []).map((set) => set.map((scope): Atom => `scope:${scope}`));
}
