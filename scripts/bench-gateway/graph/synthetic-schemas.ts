/** The four subgraphs of the synthetic graph, in the order of their ports. */
export const graphNames = ["people", "homes", "cards", "files"] as const;
export type GraphName = (typeof graphNames)[number];

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@cost", "@listSize"])`;

/**
 * Schemas of the subgraphs: citizens with a household, a card and dossiers, each at another agency, with rights and costs
 * like those of our agencies. The scopes are those of the registry, because only these can be held.
 */
export const graphSdl: Record<GraphName, string> = {
  people: `${LINK}
    type Query {
      citizen(id: ID!): Citizen @authenticated @cost(weight: 2)
      citizens(from: Int!, first: Int!): [Citizen!] @authenticated @listSize(slicingArguments: ["first"])
    }
    type Citizen @key(fields: "id") {
      id: ID!
      name: String @requiresScopes(scopes: [["citizen:read"]])
      born: String @requiresScopes(scopes: [["citizen:read"]])
      sex: Sex
      birth: Birth @requiresScopes(scopes: [["birth:read"]])
    }
    enum Sex { FEMALE MALE }
    type Birth { number: String! registeredOn: String! place: String }`,
  homes: `${LINK}
    type Citizen @key(fields: "id") {
      id: ID!
      household: Household @requiresScopes(scopes: [["citizen:read"]])
    }
    type Household @key(fields: "code") {
      code: ID!
      line: String!
      commune: String!
      members: [Citizen!]! @listSize(assumedSize: 4)
    }`,
  cards: `${LINK}
    type Citizen @key(fields: "id") {
      id: ID!
      card: Card @requiresScopes(scopes: [["health-insurance:read"]]) @cost(weight: 2)
    }
    type Card { number: String! validFrom: String! validTo: String facility: Facility }
    type Facility { code: ID! name: String! director: Citizen }`,
  files: `${LINK}
    type Citizen @key(fields: "id") {
      id: ID!
      dossiers(first: Int!): [Dossier!] @requiresScopes(scopes: [["dossier:read"]]) @listSize(slicingArguments: ["first"])
    }
    type Dossier @key(fields: "code") {
      code: ID!
      state: State!
      receivedAt: String!
      officer: Citizen
      parts: [Part!]! @listSize(assumedSize: 3)
    }
    enum State { IN_PROGRESS COMPLETED REFUSED }
    type Part { id: ID! procedure: String! state: State! fee: Int }`,
};
