import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { Developer } from "./developer.jsx";
import "./editors.js";
import { readyTabs } from "./examples.js";
import { fetcher } from "./fetcher.js";
import { fromDemo } from "./persona.js";

/** Fresh variables of the ready tabs; a tab whose example cannot be made, such as during an outage, keeps the sample's. */
async function examples() {
  const names = ["submit-birth-bundle", "check-birth-bundle", "citizen", "track-dossier"];
  const found = await Promise.all(names.map((name) => fromDemo(`example/${name}`).catch(() => undefined)));
  return Object.fromEntries(names.map((name, place) => [name, found[place]?.variables]));
}

const personas = await fromDemo("personas");
const tabs = readyTabs(personas ? await examples() : {});
// GraphiQL drops the variables of the first default tab, and opens the initial ones again beside tabs that it has stored
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;
const initial = isFirstVisit ? { initialQuery: tabs[0].query, initialVariables: tabs[0].variables } : {};

createRoot(document.getElementById("page")).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} {...initial}>
    <GraphiQL.Logo>{personas ? <Developer personas={personas} /> : "Motcua"}</GraphiQL.Logo>
  </GraphiQL>,
);
