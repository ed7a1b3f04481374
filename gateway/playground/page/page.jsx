import "graphiql/style.css";
import "./page.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import { Developer } from "./developer.jsx";
import "./editors.js";
import { fromDemo } from "../../screens/browser/client/demo-endpoints.ts";
import { sharedOperation } from "../../screens/browser/client/share.ts";
import { readyTabs } from "./examples.js";
import { fetcher } from "./fetcher.js";
import { noteOwnVariables, onTabChange } from "./open-tab.js";
import { choosePersona } from "./persona.js";
import { PLAN_PANEL } from "./plan-panel.jsx";
import { QUERY_BUILDER } from "./query-builder.jsx";
import { SCHEMA_PANEL } from "./schema-panel.jsx";
import { ShareMenu } from "./share-menu.jsx";

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
const shared = sharedOperation(location.hash);
if (shared?.persona === "" || personas?.includes(shared?.persona)) choosePersona(shared.persona);
for (const { variables } of tabs) noteOwnVariables(JSON.parse(variables));
const panels = [HISTORY_PLUGIN, QUERY_BUILDER, SCHEMA_PANEL, ...(personas ? [PLAN_PANEL] : [])];
const first = shared ?? (isFirstVisit ? tabs[0] : undefined);
const initial = first ? { initialQuery: first.query, initialVariables: first.variables } : {};

createRoot(document.getElementById("page")).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} onTabChange={onTabChange} plugins={panels} {...initial}>
    <GraphiQL.Logo>
      <h1 className={personas ? "visually-hidden" : ""}>Motcua</h1>
      {personas && <Developer personas={personas} />}
      <ShareMenu />
    </GraphiQL.Logo>
  </GraphiQL>,
);
