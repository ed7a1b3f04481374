import { graphql } from "relay-runtime";

/** Relay's compiler reads these documents; a page of React would use them with its hooks. */
export const dossierListQuery = graphql`
  query DossierListQuery($first: Int!, $after: String) {
    dossiers(first: $first, after: $after) {
      nodes { id ...DossierList_dossier }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const dossierListDossier = graphql`
  fragment DossierList_dossier on Dossier {
    code
    state
    dueAt
    parts { id state agency { id name } }
  }
`;
