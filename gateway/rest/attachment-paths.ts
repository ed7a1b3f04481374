import type { JsonSchema } from "./json-schema.ts";

const PROBLEM = { $ref: "#/components/responses/Problem" };
const BYTES = { content: { "*/*": { schema: {} } } };

/** The paths of attachments in OpenAPI; they are no GraphQL operations. */
export function attachmentPaths(): JsonSchema {
  return {
    "/api/attachments": {
      post: {
        operationId: "uploadAttachment",
        description: "Stores the body as an attachment, whose id a dossier or a supplement then names.",
        security: [{ bearer: [] }],
        requestBody: { required: true, ...BYTES },
        responses: {
          201: {
            description: "The stored attachment",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["id", "type", "bytes"],
                  properties: { id: { type: "string" }, type: { type: "string" }, bytes: { type: "integer" } },
                },
              },
            },
          },
          default: PROBLEM,
        },
      },
    },
    "/api/attachments/{id}": {
      get: {
        operationId: "readAttachment",
        description: "The content of an attachment, for its uploader and for whoever may see a dossier that has it.",
        security: [{ bearer: [] }],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: { 200: { description: "The content", ...BYTES }, default: PROBLEM },
      },
    },
  };
}
