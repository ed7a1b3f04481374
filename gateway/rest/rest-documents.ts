import { readdirSync, readFileSync } from "node:fs";
import { type FieldNode, Kind, type OperationDefinitionNode, parse, type VariableDefinitionNode } from "graphql";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

/** A parameter of a REST request: the variable that it gives, and where it stands. */
export type RestParameter = {
  name: string;
  in: "path" | "query" | "header";
  definition: VariableDefinitionNode;
};

/** A REST resource: a registered GraphQL document with one root field. */
export type RestResource = {
  /** Path with the names of its variables, such as `/api/dossiers/{code}`. */
  path: string;
  /** The same in segments; a variable's segment is in braces. */
  segments: readonly string[];
  /** True where nothing depends on the caller, so that caches may keep the answer. */
  isPublic: boolean;
  description: string;
  /** Text of the document. */
  document: string;
  operation: OperationDefinitionNode;
  root: FieldNode;
  parameters: readonly RestParameter[];
};

const FOLDER = projectPath("gateway", "rest", "documents");

/** The resources of the documents in `documents/`, those with fixed segments first. */
export function readRestDocuments(): RestResource[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".graphql"));
  const resources = files.map((name) => restResource(readFileSync(`${FOLDER}/${name}`, "utf8"), name));
  return resources.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Resource of a document. Its comment begins with `GET /api/…`; `@public` marks an answer that is the same for everybody,
 * `@header variable Name` a variable that a header gives; the rest describes the resource.
 * @throws Error of a document that cannot be one
 */
export function restResource(document: string, name: string): RestResource {
  const lines = document.split("\n").filter((line) => line.startsWith("#"));
  const comment = lines.map((line) => line.replace(/^#\s*/, ""));
  const [, path] = /^GET (\/api\/\S+)$/.exec(comment[0] ?? "") ?? [];
  if (path === undefined) throw new Error(`${name} must begin with a comment such as: GET /api/dossiers/{code}`);
  const headers = new Map(
    comment.flatMap((line) => {
      const [, variable, header] = /^@header (\w+) ([\w-]+)$/.exec(line) ?? [];
      return variable && header ? [[variable, header] as const] : [];
    }),
  );
  const { operation, root } = onlyOperation(document, name);
  return {
    path,
    segments: path.split("/").slice(2),
    isPublic: comment.includes("@public"),
    description: comment.filter((line, at) => at > 0 && !line.startsWith("@")).join(" "),
    document,
    operation,
    root,
    parameters: (operation.variableDefinitions ?? []).map((definition) => {
      const variable = definition.variable.name.value;
      const header = headers.get(variable);
      if (header !== undefined) return { name: header, in: "header", definition };
      return { name: variable, in: path.includes(`{${variable}}`) ? "path" : "query", definition };
    }),
  };
}

function onlyOperation(document: string, name: string): { operation: OperationDefinitionNode; root: FieldNode } {
  const { definitions } = parse(document);
  const [operation] = definitions;
  const [root, second] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || root?.kind !== Kind.FIELD || second || definitions.length > 1) {
    throw new Error(`${name} must be one operation with one root field`);
  }
  return { operation, root };
}
