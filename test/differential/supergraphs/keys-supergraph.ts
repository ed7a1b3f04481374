import type { Fixture } from "../data/federation.ts";

/** Several keys, compound and nested ones, and subgraphs that are reached only through others' keys. */
export const keys: Fixture = {
  name: "keys",
  subgraphs: {
    accounts: `
      type Query { user(id: ID!): User users: [User!] }
      type User @key(fields: "id") @key(fields: "email") { id: ID! email: ID! name: String! }`,
    organisations: `
      type Query { org: Org orgs: [[Org!]] }
      type User @key(fields: "email") @key(fields: "number org { id }") {
        email: ID! number: Int! org: Org! role: Role
      }
      enum Role { CLERK LEADER }
      type Org @key(fields: "id") { id: ID! title: String members(role: Role): [User!] }`,
    payroll: `
      type Query { payday: String paid: [User] }
      type User @key(fields: "number org { id }") @key(fields: "badge { code zone }") {
        number: Int! org: Org! badge: Badge! salary: Int manager: User! reports: [User!]!
      }
      type Badge @shareable { code: ID! zone: String! }
      type Org @key(fields: "id") { id: ID! budget: Float! }`,
    doors: `
      type Query { lastVisit: Visit visits: [Visit!]! }
      type User @key(fields: "badge { code zone }") { badge: Badge! visits(last: Int = 3): [Visit!] }
      type Badge @shareable { code: ID! zone: String! }
      type Visit { at: String user: User door: Door! }
      type Door @key(fields: "site { code } number") { site: Site! number: Int! open: Boolean }
      type Site @shareable { code: ID! }`,
    keysmith: `
      type Query { doors: [Door] }
      type Door @key(fields: "number site { code }") { site: Site! number: Int! keyholders: [User!] lock: String! }
      type Site @shareable { code: ID! }
      type User @key(fields: "id", resolvable: false) { id: ID! }`,
  },
};
