import type { FormSettings } from "../../form/form-context.ts";
import type { Attachments } from "../attachments/attachments.ts";
import { attachmentNode } from "./attachment-node.ts";
import { papersNode } from "./papers-node.ts";

/** Nodes of a request's papers: those that the procedure asks for, or else the files of a list of any papers. */
export function paperNodes(attachments: Attachments): FormSettings["ownNode"] {
  return (schema, place, context) => {
    const codes = schema.items?.properties?.code?.oneOf;
    if (place.name === "papers" && codes) return papersNode(attachments, schema, codes, place, context);
    return place.name === "attachment" ? attachmentNode(attachments, schema, context) : undefined;
  };
}
