import type { Fixture } from "../data/federation.ts";

/** Interfaces and unions, of which each subgraph knows other members, and interfaces on interfaces. */
export const abstract: Fixture = {
  name: "abstract",
  subgraphs: {
    catalog: `
      type Query {
        media(first: Int = 3): [Media!]!
        node(id: ID!): Node
        search(text: String, in: [Lang!] = [VI]): [SearchResult]
        named: [Named!]
        book: Book
      }
      interface Node { id: ID! }
      interface Named { name: String }
      interface Media implements Node & Named {
        id: ID! name: String title(lang: Lang = EN): String! creators: [Creator] similar: [Media]
      }
      type Book implements Node & Named & Media @key(fields: "id") {
        id: ID! name: String title(lang: Lang = EN): String! creators: [Creator] similar: [Media] pages: Int
        chapters: [Chapter!]
      }
      type Film implements Node & Named & Media @key(fields: "id") {
        id: ID! name: String title(lang: Lang = EN): String! creators: [Creator] similar: [Media] minutes: Int!
      }
      type Podcast implements Node & Named & Media {
        id: ID! name: String title(lang: Lang = EN): String! creators: [Creator] similar: [Media] pages: Int
      }
      type Chapter implements Named { number: Int! name: String media: Media }
      union Creator = Person | Studio
      type Person implements Node & Named @key(fields: "id") { id: ID! name: String born: Int works: [Media] }
      type Studio implements Node & Named @key(fields: "id") { id: ID! name: String head: Person }
      union SearchResult = Book | Film | Person | Studio | Chapter
      enum Lang { EN VI }`,
    reviews: `
      type Query { reviewed: [Reviewed] topSubject: Subject! review: Review }
      interface Reviewed { reviews(first: Int): [Review!] score: Float }
      type Book implements Reviewed @key(fields: "id") { id: ID! reviews(first: Int): [Review!] score: Float }
      type Film implements Reviewed @key(fields: "id") { id: ID! reviews(first: Int): [Review!] score: Float }
      type Person @key(fields: "id") { id: ID! reviews: [Review] latest: Reviewed }
      type Review { id: ID! text: String author: Person! about: Subject stars: Int! }
      union Subject = Book | Film`,
    people: `
      type Query { homes: [Home] lister: Lister }
      type Person implements Lister @key(fields: "id") {
        id: ID! home: Home friends(first: Int! = 2): [Person!]! list: [Anybody]
      }
      type Studio implements Lister @key(fields: "id") { id: ID! staff: [Person] office: Home list: [Anybody] }
      interface Lister { list: [Anybody] }
      union Anybody = Person | Studio
      interface Home { street: String owner: Anybody }
      type House implements Home { street: String owner: Anybody rooms: Int }
      type Flat implements Home { street: String owner: Anybody floor: Int! }`,
  },
};
