import type { PaperKind } from "../papers/paper-kinds.ts";
import type { JsonSchema } from "./json-schema.ts";

const CODE = { name: "code", in: "path", required: true, schema: { type: "string" } };
const RESPONSES = {
  200: { description: "The paper, PDF/A-2b", content: { "application/pdf": { schema: {} } } },
  304: { description: "The client has this paper already (If-None-Match)" },
  default: { $ref: "#/components/responses/Problem" },
};

/** The paths of papers in OpenAPI. `Dossier.issuedPapers` lists those that a dossier has. */
export function paperPaths(kinds: readonly PaperKind[]): JsonSchema {
  const ofDossier = kinds.filter(({ isOfPart }) => !isOfPart).map(({ name }) => name);
  return {
    ...(ofDossier.length > 0 && {
      "/api/dossiers/{code}/papers/{paper}.pdf": {
        get: {
          operationId: "readPaper",
          description: "A paper that the desk issues for a dossier; 404 where the dossier has none of this kind.",
          security: [{ bearer: [] }],
          parameters: [
            CODE,
            { name: "paper", in: "path", required: true, schema: { type: "string", enum: ofDossier } },
          ],
          responses: RESPONSES,
        },
      },
    }),
    ...(kinds.some(({ isOfPart }) => isOfPart) && {
      "/api/dossiers/{code}/parts/{part}/result.pdf": {
        get: {
          operationId: "readResult",
          description: "The result of a granted part, as its agency registered it.",
          security: [{ bearer: [] }],
          parameters: [CODE, { name: "part", in: "path", required: true, schema: { type: "string" } }],
          responses: RESPONSES,
        },
      },
    }),
  };
}
