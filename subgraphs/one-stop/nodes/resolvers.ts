import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { type NodeId, parseNodeId } from "./node-id.ts";
import { nodesOf } from "./nodes.ts";
import { Node } from "./types.ts";

/** An object, or the error in its place. */
type Answered = object | Error | null;

/** Most ids of one query. */
const MOST_IDS = 100;
/** Fields of a citizen that the desk knows of a node, and of no other citizen. */
const PROVIDED = '@provides(fields: "... on Citizen { id nodeId }")';

@Resolver()
export class NodeResolver {
  @RequiresScopes("dossier:read")
  @Directive(PROVIDED)
  @Directive("@cost(weight: 5)") // may ask the population register
  @Query(() => Node, {
    nullable: true,
    description:
      "A dossier, a citizen or an entry of a register by its `nodeId`. A citizen needs the permission citizen:read too. NOT_FOUND if it is not within the caller's reach: here for a dossier and a citizen, at the fields of an entry (đối tượng theo định danh toàn cục).",
  })
  async node(
    @Arg("id", () => ID, { description: "A `nodeId` (định danh toàn cục)." }) id: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Answered> {
    const [found = null] = await foundNodes(ctx, [parseNodeId(id, "id")]);
    return found;
  }

  @RequiresScopes("dossier:read")
  @Directive(PROVIDED)
  @Directive(`@listSize(assumedSize: ${MOST_IDS})`)
  @Query(() => [Node], {
    nullable: "itemsAndList",
    description:
      "The same for many, in the order of the ids; null with its error for each that is not found, not permitted or not available (nhiều đối tượng theo định danh toàn cục).",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "1 to 100 of `nodeId` (các định danh toàn cục)." }) ids: string[],
    @Ctx() ctx: OneStopContext,
  ): Promise<Answered[]> {
    if (ids.length < 1 || ids.length > MOST_IDS) {
      throw badUserInput(`ids has between 1 and ${MOST_IDS} ids; send the others in another query`, "ids");
    }
    return foundNodes(
      ctx,
      ids.map((id) => parseNodeId(id, "ids")),
    );
  }
}

/** Nodes in the order of the ids; the error of an id takes the place of its node. */
async function foundNodes(ctx: OneStopContext, ids: readonly (NodeId | Error)[]): Promise<Answered[]> {
  const isId = (each: NodeId | Error): each is NodeId => !(each instanceof Error);
  const found = (await nodesOf(ctx, ids.filter(isId))).values();
  return ids.map((each) => (isId(each) ? (found.next().value ?? null) : each));
}
