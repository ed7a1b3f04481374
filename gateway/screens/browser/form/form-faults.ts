import { allNodes, type FormFault, type FormNode } from "./form-node.ts";

/** Node with a fault that can be seen without asking anybody. */
export type FaultyNode = { path: readonly string[]; node: FormNode; fault: FormFault };

/** Faulty nodes of a form, in its order. */
export function faultyNodes(form: FormNode): FaultyNode[] {
  return allNodes(form).flatMap(({ path, node }) => {
    const fault = node.fault();
    return fault ? [{ path, node, fault }] : [];
  });
}
