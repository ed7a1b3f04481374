import check from "../examples/check-birth-bundle.graphql";
import citizen from "../examples/citizen.graphql";
import dossier from "../examples/dossier.graphql";
import changed from "../examples/dossier-changed.graphql";
import dossiers from "../examples/dossiers.graphql";
import dossiersVariables from "../examples/dossiers.variables.json";
import procedures from "../examples/procedures.graphql";
import submit from "../examples/submit-birth-bundle.graphql";
import sample from "../examples/submit-birth-bundle.variables.json";
import track from "../examples/track-dossier.graphql";
import { freshVariables } from "./fresh-variables.ts";

/** Example tabs, the 3-in-1 request first. `ready` has the variables of examples by name; it is empty outside demo mode. */
export function readyTabs(ready) {
  const fresh = ready["submit-birth-bundle"] ?? freshVariables(sample, undefined, Math.random);
  const tracked = ready["track-dossier"] ?? { code: "", phoneLast4: String(fresh.input.declarant.phone).slice(-4) };
  const tab = (query, variables) => ({ query, variables: JSON.stringify(variables, null, 2) });
  return [
    tab(submit, fresh),
    tab(check, ready["check-birth-bundle"] ?? { input: fresh.input }),
    tab(dossier, { code: tracked.code }),
    tab(changed, { code: tracked.code }),
    tab(citizen, ready.citizen ?? { personalId: fresh.input.mother.personalId }),
    tab(dossiers, dossiersVariables),
    tab(procedures, { search: "khai sinh", first: 10 }),
    tab(track, tracked),
  ];
}
