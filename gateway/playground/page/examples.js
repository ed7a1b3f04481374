import check from "../examples/check-birth-bundle.graphql";
import citizen from "../examples/citizen.graphql";
import dossier from "../examples/dossier.graphql";
import changed from "../examples/dossier-changed.graphql";
import changes from "../examples/dossier-changes.graphql";
import dossiers from "../examples/dossiers.graphql";
import dossiersVariables from "../examples/dossiers.variables.json";
import procedures from "../examples/procedures.graphql";
import submit from "../examples/submit-birth-bundle.graphql";
import sample from "../examples/submit-birth-bundle.variables.json";
import track from "../examples/track-dossier.graphql";
import { freshVariables } from "./fresh-variables.ts";

/** Example tabs, the 3-in-1 request first. `demo` is a seeded couple and the business clock; undefined outside demo mode. */
export function readyTabs(demo) {
  const fresh = freshVariables(sample, demo, Math.random);
  const tab = (query, variables) => ({ query, variables: JSON.stringify(variables, null, 2) });
  return [
    tab(submit, fresh),
    tab(check, { input: fresh.input }),
    tab(dossier, { code: "" }),
    tab(changed, { code: "" }),
    tab(citizen, { personalId: fresh.input.mother.personalId }),
    tab(dossiers, dossiersVariables),
    tab(changes, { since: null, first: 20 }),
    tab(procedures, { search: "khai sinh", first: 10 }),
    tab(track, { code: "", phoneLast4: String(fresh.input.declarant.phone).slice(-4) }),
  ];
}
