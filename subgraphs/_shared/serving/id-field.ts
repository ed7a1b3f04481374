import { Field, ID } from "type-graphql";

/**
 * Adds `id: ID!` with the value of the decorated field. A client cache identifies an object by its type and `id` without any
 * configuration.
 */
export function AlsoId(): PropertyDecorator {
  return (prototype, property) =>
    Field(() => ID, {
      name: "id",
      description: `The same as \`${String(property)}\`, for client caches (định danh).`,
    })(prototype, property);
}
