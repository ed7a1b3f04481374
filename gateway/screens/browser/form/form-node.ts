/** Part of a form: a field, a group of fields or a list. */
export type FormNode = {
  element: HTMLElement;
  /** Current value; undefined for an empty field. */
  value(): unknown;
  fill(value: unknown): void;
  /** Nodes below this one by their names in the data. */
  below(): [name: string, node: FormNode][];
  /** Fault that can be seen without asking anybody. */
  fault(): FormFault | undefined;
  /** Shows faults at the node; none removes them. */
  mark(messages: readonly string[]): void;
  /** True once the person has been here. */
  isVisited(): boolean;
  focus(): void;
};

/** `missing`: the data cannot even be sent to be checked; `empty`: required and not filled in; `malformed`: not of its form. */
export type FormFault = "missing" | "empty" | "malformed";

/** The node at a path, or the nearest one above it. */
export function nodeAt(root: FormNode, path: readonly string[]): FormNode {
  const [first, ...rest] = path;
  const below = root.below().find(([name]) => name === first)?.[1];
  return below ? nodeAt(below, rest) : root;
}

/** All nodes with their paths. */
export function allNodes(node: FormNode, path: readonly string[] = []): { path: readonly string[]; node: FormNode }[] {
  return [{ path, node }, ...node.below().flatMap(([name, each]) => allNodes(each, [...path, name]))];
}
