import type { Fixture } from "../data/federation.ts";

/** Implementations whose fields are stricter than the interface's, so that the planner renames them on the way. */
export const rewrites: Fixture = {
  name: "rewrites",
  subgraphs: {
    animals: `
      type Query { animals: [Animal] pets: [Pet!] dog: Dog pet(name: String): Pet }
      interface Animal { id: ID! name: String friend: Animal tags: [String!] }
      type Dog implements Animal @key(fields: "id") { id: ID! name: String! friend: Dog tags: [String!]! bark: Int size: Int! }
      type Cat implements Animal @key(fields: "id") { id: ID! name: String friend: Animal tags: [String!] meow: String size: Int }
      type Fish { name: String friend: Cat size: Float }
      union Pet = Dog | Cat | Fish`,
    owners: `
      type Query { owned: [Owned!] }
      interface Owned { owner: Owner since: String others: [Owned] kin: Owned }
      type Dog implements Owned @key(fields: "id") { id: ID! owner: Owner! since: String! others: [Owned!]! kin: Dog }
      type Cat implements Owned @key(fields: "id") { id: ID! owner: Owner since: String others: [Owned] kin: Cat! }
      type Car implements Owned { owner: Owner since: String! others: [Car!] kin: Owned plate: ID! }
      type Owner @key(fields: "id") { id: ID! name: String! pets(kind: [Kind!]): [Owned] first: Owned }
      enum Kind { DOG CAT CAR }`,
    vets: `
      interface Patient { id: ID! visits(last: Int = 2): [Visit] vet: Owner fee: Float }
      type Dog implements Patient @key(fields: "id") { id: ID! visits(last: Int = 2): [Visit!]! vet: Owner! fee: Float! }
      type Cat implements Patient @key(fields: "id") { id: ID! visits(last: Int = 2): [Visit] vet: Owner fee: Float }
      type Visit { day: String patient: Patient! cost(in: String): Int }
      type Owner @key(fields: "id") { id: ID! license: String }
      type Query { patients: [Patient!]! visit: Visit }`,
  },
};
