import { type ClassType, createUnionType, Directive, Field, ID, ObjectType } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { Permission } from "../../_shared/rights/permissions.ts";
import type { ResultTypeFacts } from "../../agency-definition.ts";
import { subgraphs } from "../../agency-registry.ts";

/** The entity types that a granted part may result in, as stubs by id: one for each result type of the agencies. */
export const resultTypes: readonly ClassType[] = subgraphs.flatMap((agency) =>
  Object.entries<ResultTypeFacts>(agency.resultTypes).map(([name, facts]) => stubOf(name, facts)),
);

/** The classes of these types follow from a list, so the decorators of a declared class are applied one by one. */
function stubOf(name: string, { description, permission }: ResultTypeFacts): ClassType {
  const stub = { [name]: class {} }[name] as ClassType; // the property was just made
  Field(() => ID, { nullable: true, description: "Id of the register entry (mã bản ghi)." })(stub.prototype, "id");
  RequiresScopes(permission as Permission)(stub); // the registry holds the permissions of the same facts
  Directive('@key(fields: "id", resolvable: false)')(stub);
  ObjectType(name, { description })(stub);
  return stub;
}

export const PartResult = createUnionType({
  name: "PartResult",
  description: "What an agency granted, as an entry of its register (kết quả giải quyết).",
  types: () => resultTypes,
  resolveType: (value: object) => ("__typename" in value ? String(value.__typename) : undefined),
});
