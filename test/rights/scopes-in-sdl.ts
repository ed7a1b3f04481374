import { readFileSync } from "node:fs";
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from "graphql";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";
import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";

export const schemaText = (name: string) => readFileSync(projectPath("schema", `${name}.graphql`), "utf8");
export const agencies = subgraphs.map(({ name }) => name);

const types = new Map(
  agencies.map((name): [SubgraphName, Map<string, ObjectTypeDefinitionNode>] => [
    name,
    new Map(
      parse(schemaText(name)).definitions.flatMap((each) =>
        each.kind === Kind.OBJECT_TYPE_DEFINITION ? [[each.name.value, each]] : [],
      ),
    ),
  ]),
);

/** Scopes that an agency's SDL requires of a type, all together. */
function ofType(agency: SubgraphName, type: string): string[] {
  return scopesOf(types.get(agency)?.get(type));
}

/** Scopes that an agency's SDL requires of a field: by itself, by its type and by its returned type. */
export function atAgency(agency: SubgraphName, type: string, field: string): string[] {
  const definition = fieldOf(agency, type, field);
  if (!definition) return [];
  const returned = ofType(agency, nameOf(definition.type));
  return sorted([...scopesOf(definition), ...ofType(agency, type), ...returned]);
}

/** Scopes that the graph requires of a field: those of all agencies and of the fields that it requires. */
export function inGraph(type: string, field: string): string[] {
  const required = agencies.flatMap((agency) => requiredBy(fieldOf(agency, type, field)));
  const byTypes = agencies.flatMap((agency) => {
    const returned = fieldOf(agency, type, field)?.type;
    const names = returned ? [type, nameOf(returned)] : [type];
    return agencies.flatMap((any) => names.flatMap((name) => ofType(any, name)));
  });
  const own = agencies.flatMap((agency) => scopesOf(fieldOf(agency, type, field)));
  return sorted([...own, ...byTypes, ...required.flatMap((each) => inGraph(type, each))]);
}

/** Tells whether the registry gives a role all of these scopes. */
export function mayHold(role: Role, scopes: readonly string[]): boolean {
  const held: readonly string[] = permissionsOf(role);
  return scopes.every((scope) => held.includes(scope));
}

/** Error extensions of a caller without one of these scopes. */
export function refusal(role: Role, scopes: readonly string[]) {
  return { code: role === "anonymous" ? "UNAUTHENTICATED" : "FORBIDDEN", scopes: [scopes] };
}

function fieldOf(agency: SubgraphName, type: string, field: string): FieldDefinitionNode | undefined {
  return types
    .get(agency)
    ?.get(type)
    ?.fields?.find((each) => each.name.value === field);
}

type Directed = { directives?: readonly ConstDirectiveNode[] } | undefined;

function scopesOf(definition: Directed): string[] {
  return argumentsOf(definition, "requiresScopes", "scopes").flatMap((value) => {
    const sets = value.kind === Kind.LIST ? value.values : [];
    if (sets.length !== 1) throw new Error("The oracle understands one set of scopes, all of which are needed");
    return sets.flatMap((set) =>
      set.kind === Kind.LIST ? set.values.flatMap((each) => (each.kind === Kind.STRING ? each.value : [])) : [],
    );
  });
}

/** Required field names of one level: our agencies require no deeper ones. */
function requiredBy(definition: Directed): string[] {
  return argumentsOf(definition, "requires", "fields").flatMap((value) =>
    value.kind === Kind.STRING ? value.value.split(" ") : [],
  );
}

function argumentsOf(definition: Directed, directive: string, argument: string) {
  return (definition?.directives ?? [])
    .filter((each) => each.name.value === directive)
    .flatMap((each) => each.arguments?.filter(({ name }) => name.value === argument).map(({ value }) => value) ?? []);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

const sorted = (scopes: string[]) => [...new Set(scopes)].sort();
