import { graphql } from "relay-runtime";

/** Relay's compiler reads these documents; a page of React would use them with `usePaginationFragment`. */
export const dossierPagesQuery = graphql`
  query DossierPagesQuery($count: Int!) {
    ...DossierPages_query @arguments(count: $count)
  }
`;

export const dossierPages = graphql`
  fragment DossierPages_query on Query
  @refetchable(queryName: "DossierPagesNextQuery")
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
    dossiers(first: $count, after: $cursor) @connection(key: "DossierPages_dossiers") {
      edges { node { code ...DossierHistory_dossier @arguments(count: 1) } }
    }
  }
`;

/** The next page of this list is a query of `node`, since the list belongs to an object. */
export const dossierHistory = graphql`
  fragment DossierHistory_dossier on Dossier
  @refetchable(queryName: "DossierHistoryNextQuery")
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
    history(first: $count, after: $cursor) @connection(key: "DossierHistory_history") {
      edges { node { id at actor } }
    }
  }
`;
