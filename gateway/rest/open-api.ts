import { type GraphQLSchema, valueFromASTUntyped } from "graphql";
import { buildVersion } from "../../subgraphs/_shared/serving/build-version.ts";
import { type JsonSchema, parameterSchema, selectedSchema } from "./json-schema.ts";
import { shapeOf } from "./read-arguments.ts";
import type { RestParameter, RestResource } from "./rest-documents.ts";

const PROBLEM: JsonSchema = {
  type: "object",
  description: "Problem details, RFC 9457",
  required: ["type", "title", "status", "detail", "code", "requestId"],
  properties: {
    type: { type: "string", const: "about:blank" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", description: "Code of the graph, such as NOT_FOUND" },
    requestId: { type: "string" },
  },
};

const PARTIAL_FAULT: JsonSchema = {
  type: "object",
  description: "Part of the answer that is null because of a fault",
  required: ["code", "detail", "path"],
  properties: {
    code: { type: "string" },
    detail: { type: "string" },
    path: { type: "array", items: { type: ["string", "integer"] }, description: "Place below data" },
    agency: { type: "string", description: "Agency whose part it is" },
  },
};

const TAG: JsonSchema = {
  ETag: { schema: { type: "string" }, description: "Tag of this answer, for If-None-Match" },
};
const RATES: JsonSchema = {
  RateLimit: { schema: { type: "string" }, description: "What is left of the limits" },
  "RateLimit-Policy": { schema: { type: "string" }, description: "The limits" },
};

/** OpenAPI 3.1 document of the resources, and of further paths, which are no GraphQL operations. */
export function openApi(
  resources: readonly RestResource[],
  schema: GraphQLSchema,
  furtherPaths: JsonSchema,
): JsonSchema {
  return {
    openapi: "3.1.0",
    info: {
      title: "Motcua",
      version: buildVersion.version,
      description: "Read-mostly REST over registered GraphQL documents; everything else is POST /graphql.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths: {
      ...Object.fromEntries(resources.map((resource) => [resource.path, { get: operationOf(resource, schema) }])),
      ...furtherPaths,
    },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: PROBLEM, PartialFault: PARTIAL_FAULT },
      responses: {
        Problem: {
          description: "The request was refused or failed",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

function operationOf(resource: RestResource, schema: GraphQLSchema): JsonSchema {
  const { operation, root, description, parameters, isPublic } = resource;
  const field = schema.getQueryType()?.getFields()[root.name.value];
  if (!field) throw new Error(`The graph has no query ${root.name.value}`);
  const answer = {
    type: "object",
    required: ["data"],
    properties: {
      data: selectedSchema(field.type, root),
      errors: {
        type: "array",
        description: "Absent where the answer is complete",
        items: { $ref: "#/components/schemas/PartialFault" },
      },
    },
  };
  const security = isPublic || parameters.some((each) => each.in === "header") ? [] : [{ bearer: [] }];
  return {
    operationId: operation.name?.value.replace(/^Rest/, "read"),
    description,
    security,
    parameters: parameters.map((parameter) => parameterOf(parameter, schema)),
    responses: {
      200: {
        description: "The answer",
        headers: isPublic ? TAG : { ...TAG, ...RATES },
        content: { "application/json": { schema: answer } },
      },
      304: { description: "The client has this answer already (If-None-Match)" },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function parameterOf({ name, in: place, definition }: RestParameter, schema: GraphQLSchema): JsonSchema {
  const { type, defaultValue } = definition;
  const fallback = defaultValue && { default: valueFromASTUntyped(defaultValue) };
  const isRequired = place === "path" || (shapeOf(type).isRequired && !defaultValue);
  return { name, in: place, required: isRequired, schema: { ...parameterSchema(schema, type), ...fallback } };
}
