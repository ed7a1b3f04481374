import { type ClassType, createUnionType, Directive, Field, ID, ObjectType } from "type-graphql";
import type { ResultTypeFacts } from "../../agency-definition.ts";
import { subgraphs } from "../../agency-registry.ts";
import { Node } from "../nodes/types.ts";

/** Stubs, by id, of the entity types that a granted part may result in: one for each result type of the agencies. */
export const resultTypes: readonly ClassType[] = subgraphs.flatMap((agency) =>
  Object.entries<ResultTypeFacts>(agency.resultTypes).map(([name, facts]) => stubOf(name, facts)),
);

/** Stub class of a result type. The types come from a list, so their decorators are called as functions. */
function stubOf(name: string, { description }: ResultTypeFacts): ClassType {
  const stub = { [name]: class {} }[name] as ClassType; // the property was just made
  Field(() => ID, { description: "Id of the register entry (mã bản ghi)." })(stub.prototype, "id");
  Directive('@key(fields: "id", resolvable: false)')(stub);
  ObjectType(name, { description, implements: Node })(stub);
  return stub;
}

export const PartResult = createUnionType({
  name: "PartResult",
  description: "Register entry that an agency granted (kết quả giải quyết).",
  types: () => resultTypes,
  resolveType: (value: object) => ("__typename" in value ? String(value.__typename) : undefined),
});
