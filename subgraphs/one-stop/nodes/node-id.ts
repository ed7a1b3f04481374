import { isUuid } from "../../_shared/reference/uuid.ts";
import { badUserInput } from "../../_shared/serving/errors.ts";
import { subgraphs } from "../../agency-registry.ts";

/** Types that `node` reads: those of the desk and the entries that a granted part may result in. */
const NODE_TYPES = ["Dossier", "Citizen", ...subgraphs.flatMap(({ resultTypes }) => Object.keys(resultTypes))];

export type NodeId = { type: string; id: string };

/** Type and id of a node. @returns BAD_USER_INPUT for any other text */
export function parseNodeId(text: string, argument: string): NodeId | Error {
  const [type = "", id = "", ...more] = text.split(":");
  if (more.length === 0 && NODE_TYPES.includes(type) && isUuid(id)) return { type, id: id.toLowerCase() };
  const remedy = "read the field `nodeId` of the object, or write its type, a colon and its `id`";
  return badUserInput(`A node id is of the form TYPE:ID; ${remedy}. TYPE is one of ${NODE_TYPES.join(", ")}`, argument);
}
