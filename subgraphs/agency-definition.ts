/** Kind of caller that may hold a permission. `officer` is the agency's own officer, `every-officer` an officer of any agency. */
export type PermissionHolder =
  | "clerk"
  | "leader"
  | "administrator"
  | "portal"
  | "citizen"
  | "service"
  | "officer"
  | "every-officer";

/** Permission of the registry: its meaning in both languages and its holders. */
export type PermissionFacts = {
  readonly en: string;
  readonly vi: string;
  readonly holders: readonly PermissionHolder[];
};

/** Area of an officer: the office of a commune, a province, or the whole agency. A token must name the office or province. */
export type OfficerPlace = "office" | "province" | "agency";

/** Role of an agency's officers. `title` is the persona's name in the playground. */
export type OfficerFacts = { readonly role: string; readonly title: string; readonly place: OfficerPlace };

/** Entity type that a granted part of this agency may result in. */
export type ResultTypeFacts = { readonly description: string };

/** Facts that `npm run demo` shows of a citizen: the selected fields and the lines made of them. */
export type CitizenSummary = {
  /** Selection on `Citizen` in the public graph. */
  readonly fields: string;
  /** An empty list if the agency knows nothing; undefined if it did not answer. */
  lines(citizen: never): string[] | undefined;
};

/** Paper or registration with a term that this agency keeps: its code in the public graph, and its short names in messages. */
export type ExpiryFacts = { readonly kind: string; readonly vi: string; readonly en: string };

/**
 * Facts of an agency for the rest of the system: data only, so that the gateway reads them without loading the agency's
 * server. Permissions, roles, personas, addresses, databases and the composition follow from them.
 */
export type AgencyDefinition = {
  /** Name of the folder, of the subgraph and, with underscores, of the database. */
  readonly name: string;
  /** Code in the public graph. */
  readonly agency: string;
  /** Default port. Agencies are listed in the order of their ports. */
  readonly port: number;
  readonly vi: string;
  readonly en: string;
  readonly officer?: OfficerFacts;
  readonly permissions: Readonly<Record<string, PermissionFacts>>;
  /** Domains of the procedure catalogue that this agency decides. */
  readonly catalogueDomains: readonly string[];
  readonly resultTypes: Readonly<Record<string, ResultTypeFacts>>;
  readonly citizenSummary: CitizenSummary;
  /** Entries of whose end the desk reminds; the agency states their `expirySource`. */
  readonly expiry?: ExpiryFacts;
};

/** Checks an agency's facts where they are written, and keeps their literal types. */
export function defineAgency<const Facts extends AgencyDefinition>(facts: Facts): Facts {
  return facts;
}

/** Checks the fields and the lines of a citizen summary against one type of the response. */
export function citizenSummary<Shape>(
  fields: string,
  lines: (citizen: Shape) => string[] | undefined,
): { fields: string; lines(citizen: Shape): string[] | undefined } {
  return { fields, lines };
}
