import type { Fixture } from "../data/federation.ts";

/** Changes in several subgraphs, each of which shows how many came before it. */
export const mutations: Fixture = {
  name: "mutations",
  subgraphs: {
    stock: `
      type Query { item(id: ID!): Item items: [Item!] }
      type Mutation {
        add(item: ItemInput!, again: [ItemInput] = []): Item
        rename(id: ID!, name: String = "new"): Item
        clear: Boolean
        bump(by: Int! = 1): Counter
        random: Int
      }
      input ItemInput { name: String! = "thing" count: Int parts: [ItemInput!] speed: Speed = SLOW }
      enum Speed { SLOW FAST }
      type Item @key(fields: "id") { id: ID! name: String stock: Int! }
      type Counter { value: Int! last: Item by: Int }`,
    shipping: `
      type Query { shipment: Shipment }
      type Mutation { ship(id: ID!, speed: Speed! = FAST): Shipment refund(id: ID!): Payment stamp: String }
      enum Speed { SLOW FAST }
      type Shipment { code: ID! item: Item at: String next: Shipment }
      union Payment = Refund | Refusal
      type Refund { amount: Int item: Item! }
      type Refusal { reason: String! item: Item! }
      type Item @key(fields: "id") { id: ID! weight: Float shipments: [Shipment!] }`,
    notes: `
      type Query { notes: [Note] }
      type Mutation { note(text: String!, tags: [String!]): Note forget(all: Boolean = false): [ID!] }
      type Note @key(fields: "id") { id: ID! text: String about: Item }
      type Item @key(fields: "id") { id: ID! notes(tag: String): [Note!] name: String @external loud: String @requires(fields: "name") }`,
  },
};
