import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { Developer } from "./developer.jsx";
import "./editors.js";
import { readyTabs } from "./examples.js";
import { fetcher } from "./fetcher.js";
import { fromDemo } from "./persona.js";

async function seededCouple() {
  const [families, clock] = await Promise.all([
    fromDemo(`families?first=1&offset=${1 + Math.floor(Math.random() * 2_000)}`),
    fromDemo("clock"),
  ]);
  return families?.[0] && clock ? { family: families[0], now: new Date(clock.now) } : undefined;
}

const personas = await fromDemo("personas");
const tabs = readyTabs(personas && (await seededCouple()));
// GraphiQL drops the variables of the first default tab, and opens the initial ones again beside tabs that it has stored
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;
const initial = isFirstVisit ? { initialQuery: tabs[0].query, initialVariables: tabs[0].variables } : {};

createRoot(document.getElementById("page")).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} {...initial}>
    <GraphiQL.Logo>{personas ? <Developer personas={personas} /> : "Motcua"}</GraphiQL.Logo>
  </GraphiQL>,
);
