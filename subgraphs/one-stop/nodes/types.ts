import { Field, ID, InterfaceType } from "type-graphql";
import { NODE_ID } from "../../_shared/registers/node-ids.ts";

@InterfaceType({
  description: "An object that `node` reads by its `nodeId` (đối tượng có định danh toàn cục).",
  resolveType: (value: object) => ("__typename" in value ? String(value.__typename) : undefined),
})
export abstract class Node {
  @Field(() => ID, { description: "Id, unique within its type (định danh)." })
  id!: string;
  @Field(() => ID, { nullable: true, description: NODE_ID })
  nodeId?: string;
}
