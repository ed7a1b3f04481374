import { graphql } from "../generated/gql.ts";

/** Dossiers of the office, a page at a time. */
export const DOSSIERS = graphql(`
  query Dossiers($first: Int!, $after: String) {
    dossiers(first: $first, after: $after) {
      nodes {
        id
        code
        state
        office { id name }
        parts { id state agency { id name } procedure { id name } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** One dossier. */
export const DOSSIER = graphql(`
  query Dossier($code: ID!) {
    dossier(code: $code) {
      id
      code
      state
      outcome
      parts { id state dueAt agency { id code } }
    }
  }
`);
