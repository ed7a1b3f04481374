export const DRAFT_KINDS = ["DOSSIER", "BIRTH_BUNDLE"] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** GraphQL input type whose fields a draft's content has. */
export const INPUT_TYPES: Record<DraftKind, string> = { DOSSIER: "DossierInput", BIRTH_BUNDLE: "BirthBundleInput" };
