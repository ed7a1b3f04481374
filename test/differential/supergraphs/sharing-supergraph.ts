import type { Fixture } from "../data/federation.ts";

/** Fields that several subgraphs resolve, that one provides on a path, or that moved from one to another. */
export const sharing: Fixture = {
  name: "sharing",
  subgraphs: {
    posts: `
      type Query { posts: [Post!] post(id: ID!): Post ranking(top: Int = 2): [Post] @shareable tagged: [Tagged!] }
      type Post implements Tagged @key(fields: "id") {
        id: ID! title: String author: Author @provides(fields: "name address { city }") oldBody: String
        stats: Stats @shareable tags: [String!] @shareable plain: Author
      }
      interface Tagged { tags: [String!] }
      type Author @key(fields: "id") { id: ID! name: String @external address: Address @external }
      type Address @shareable { city: String country: String }
      type Stats @shareable { likes: Int views: Int! }`,
    authors: `
      type Query { authors: [Author] me: Author! }
      type Author @key(fields: "id") {
        id: ID! name: String @shareable address: Address @shareable posts(first: Int): [Post]
        email: String @override(from: "archive") fame: Fame @shareable
      }
      type Address @shareable { city: String country: String }
      type Post @key(fields: "id") { id: ID! body: String stats: Stats @shareable fans: [Author!] }
      type Stats @shareable { likes: Int views: Int! shares: Int }
      type Fame @shareable { prizes: [String] rank: Int }`,
    archive: `
      type Query { ranking(top: Int = 2): [Post] @shareable archived: [Post!]! oldest: Author }
      type Author @key(fields: "id") {
        id: ID! email: String bio: String! fame: Fame @shareable
        first: Post @provides(fields: "stats { likes }")
      }
      type Post implements Tagged @key(fields: "id") {
        id: ID! oldBody: String @override(from: "posts") tags: [String!] @shareable
        stats: Stats @external year: Int!
      }
      interface Tagged { tags: [String!] }
      type Stats @shareable { likes: Int views: Int! }
      type Fame @shareable { prizes: [String] rank: Int born: Int }`,
  },
};
