import type { Fixture } from "../data/federation.ts";

/**
 * Interface whose object types one subgraph knows, while others declare it as @interfaceObject. A field selected on some of the
 * object types is fetched for all of them, so it is nullable: an error on one type must not null the others.
 */
export const interfaceObjects: Fixture = {
  name: "interface-objects",
  size: { fields: 7, depth: 3 },
  subgraphs: {
    library: `
      type Query { media: [Media] firstBook: Book mediaById(id: ID!): Media }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int! sequel: Media }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int book: Book }
      type Album implements Media @key(fields: "id") { id: ID! title: String tracks: [String!]! }`,
    reviews: `
      type Query { topRated: [Media!] best: Media review(id: ID = "r1"): Review! }
      type Media @key(fields: "id") @interfaceObject {
        id: ID! reviews(first: Int = 2): [Review!] score: Int related: [Media]
      }
      type Review { id: ID! media: Media by: String stars: Int! }`,
    shelves: `
      type Query { shelves: [Shelf!]! }
      type Media @key(fields: "id") @interfaceObject {
        id: ID! title: String @external score: Int @external
        slug(separator: String = "-"): String @requires(fields: "title")
        rank: Int @requires(fields: "score title")
        shelf: Shelf
      }
      type Shelf @key(fields: "id") { id: ID! media: [Media!] top: Media! }`,
    prices: `
      type Book @key(fields: "id") { id: ID! price: Int }
      type Album @key(fields: "id") { id: ID! price: Int! }
      type Shelf @key(fields: "id") { id: ID! room: String! }`,
  },
};
