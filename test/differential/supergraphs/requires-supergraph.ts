import type { Fixture } from "../data/federation.ts";

/** Fields computed from other subgraphs' fields: with arguments, of one another, nested, and on abstract types. */
export const requires: Fixture = {
  name: "requires",
  subgraphs: {
    products: `
      type Query { products(first: Int): [Product!] product(id: ID!): Product }
      enum Currency { VND EUR USD }
      enum Unit { KG LB }
      type Product @key(fields: "id") {
        id: ID! name: String! price(currency: Currency! = VND): Int weight(unit: Unit): Float size: Size
        parts: [Part] maker: Maker seller: Seller similar: [Product]
      }
      type Size { width(unit: String = "cm"): Int height: Int }
      type Part { code: String count: Int! size: Size }
      type Maker @key(fields: "id") { id: ID! country: String rating(scale: Int = 5): Int }
      union Seller = Person | Shop
      type Person { age: Int nick: String }
      type Shop { staff: Int! nick: String }`,
    shipping: `
      type Query { cheapest: Product! heaviest: [[Product]] }
      enum Currency { VND EUR USD }
      enum Unit { KG LB }
      type Product @key(fields: "id") {
        id: ID!
        price(currency: Currency! = VND): Int @external
        weight(unit: Unit): Float @external
        size: Size @external
        parts: [Part] @external
        maker: Maker @external
        seller: Seller @external
        shippingCost(to: String): Int @requires(fields: "price(currency: EUR) weight(unit: KG)")
        box: Box @requires(fields: "size { width(unit: \\"mm\\") height } parts { count size { height } }")
        customs: String! @requires(fields: "maker { country rating(scale: 10) }")
        greeting: String @requires(fields: "seller { __typename ... on Person { age } ... on Shop { staff nick } }")
        fragile: Boolean
      }
      type Box { volume: Int! contents: [Product!] }
      type Size { width(unit: String = "cm"): Int @external height: Int @external }
      type Part { count: Int! @external size: Size @external }
      type Maker @key(fields: "id") { id: ID! country: String @external rating(scale: Int = 5): Int @external }
      union Seller = Person | Shop
      type Person { age: Int @external }
      type Shop { staff: Int! @external nick: String @external }`,
    taxes: `
      type Query { taxed: [Product] }
      enum Currency { VND EUR USD }
      type Product @key(fields: "id") {
        id: ID!
        price(currency: Currency! = VND): Int @external
        name: String! @external
        fragile: Boolean @external
        tax(year: Int = 2025): Float @requires(fields: "name fragile")
        duty: Int @requires(fields: "price(currency: EUR)")
        twin: Product @requires(fields: "price(currency: EUR)")
      }
      type Maker @key(fields: "id") { id: ID! taxCode: String products: [Product!]! }`,
  },
};
