import {
  type ASTNode,
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  valueFromASTUntyped,
} from "graphql";
import { enforce } from "../identity/caller.ts";
import type { Context } from "../serving/context.ts";
import { type Atom, allOf, anyOf, OPEN, oneOf, type Requirement } from "./requirement.ts";

/** Resolves an entity by its key. */
export type ResolveReference = (reference: unknown, context: Context) => unknown;

/**
 * Enforces the auth directives of the schema's SDL: a field is neither resolved nor subscribed to for a caller who does not
 * meet the requirement of the field, its parent type or its return type. This also holds for requests that bypass the gateway.
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

/** Refuses an entity before its look-up if the caller may read no field of it but its keys. Other entities are not affected. */
export function guardedReference(type: GraphQLNamedType | undefined, resolve: ResolveReference): ResolveReference {
  const demanded = isObjectType(type) ? ofReference(type) : OPEN;
  if (demanded.length === 0) return resolve;
  return async (reference, context) => {
    enforce(context.caller, demanded);
    return resolve(reference, context);
  };
}

function ofReference(type: GraphQLObjectType): Requirement {
  const keys = statements(type, "key").flatMap((key) => String(argumentOf(key, "fields")).split(" "));
  const fields = Object.values(type.getFields()).filter(({ name }) => !keys.includes(name));
  return allOf(ofType(type), oneOf(fields.map((field) => allOf(statedBy(field), ofType(getNamedType(field.type))))));
}

function ofType(type: GraphQLNamedType): Requirement {
  return allOf(statedBy(type), ...type.extensionASTNodes.map((astNode) => statedBy({ astNode })));
}

type Stated = { astNode?: (ASTNode & { directives?: readonly ConstDirectiveNode[] }) | null | undefined };

function statements({ astNode }: Stated, name: string): ConstDirectiveNode[] {
  return (astNode?.directives ?? []).filter((directive) => directive.name.value === name);
}

function statedBy(stated: Stated): Requirement {
  return allOf(...statements(stated, "requiresScopes").map((directive) => anyOf(scopesOf(directive))));
}

function argumentOf(directive: ConstDirectiveNode, name: string): unknown {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
}

function scopesOf(directive: ConstDirectiveNode): Atom[][] {
  const scopes = argumentOf(directive, "scopes") as string[][] | undefined; // the schema was built, so it is of its type
  return (scopes ?? []).map((set) => set.map((scope): Atom => `scope:${scope}`));
}
