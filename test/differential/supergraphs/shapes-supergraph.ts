import type { Fixture } from "../data/federation.ts";

/** Lists of lists, custom scalars, enums, and non-null types that carry a null far up. */
export const shapes: Fixture = {
  name: "shapes",
  subgraphs: {
    boards: `
      scalar JSON
      scalar Date
      scalar BigInt
      type Query {
        grid: [[Cell]] cube: [[[Int!]!]]! strict: Strict boards(filter: [[Filter!]], at: JSON): [[Board!]!]
        anything(of: JSON, when: [Date!]): JSON colors: [Color!] color(is: Paint = GREEN): Color!
      }
      enum Paint { RED GREEN BLUE }
      input Filter { color: Paint = RED min: Int! max: Float = 1.5 any: JSON and: [[Filter]] }
      enum Color { RED GREEN BLUE }
      type Cell @key(fields: "id") { id: ID! value: JSON color: Color! neighbours: [[Cell!]]! weight: Float! done: Boolean }
      type Board @key(fields: "id") { id: ID! rows: [[Cell!]!]! big: BigInt meta: JSON! dates: [[Date]] best: Cell! }
      type Strict { a: Strict! b: Int! c: [Strict!]! d: Strict e: [[Strict!]!] cell: Cell! board: Board }`,
    owners: `
      scalar JSON
      type Query { owners: [Owner!]! owner: Owner! maybe: Owner }
      enum Color { RED GREEN }
      type Cell @key(fields: "id") {
        id: ID! owner: Owner! tags: [[String!]!]! shade: Color history(steps: [[Int]]): [[Cell]!] note: JSON
      }
      type Owner @key(fields: "id") { id: ID! name: String! cells: [[Cell!]!]! board: Board! shades: [[Color!]] }
      type Board @key(fields: "id") { id: ID! owner: Owner watchers: [[[Owner]]!]! }`,
    stars: `
      type Owner @key(fields: "id") { id: ID! stars: [Int!]! rank: Int! friends: [[Owner!]!]! }
      type Board @key(fields: "id") { id: ID! stars: Int! cells: [[Cell]!]! }
      type Cell @key(fields: "id") { id: ID! stars: [[Float]!] }`,
  },
};
