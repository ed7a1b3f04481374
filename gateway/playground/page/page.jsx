import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { readyTabs } from "./examples.js";
import { choosePersona, currentPersona, fromDemo, personaHeader } from "./persona.js";

globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(`/playground/${label === "json" || label === "graphql" ? label : "editor"}.worker.js`),
};

/** Sends an operation with the persona's token; a header typed into the page goes before it. */
async function fetcher(parameters, { headers: typed } = {}) {
  const headers = new Headers(typed);
  headers.set("content-type", "application/json");
  headers.set("accept", "application/json");
  const bearer = personas && !headers.has("authorization") ? await personaHeader() : undefined;
  if (bearer) headers.set("authorization", bearer);
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(parameters) });
  return response.json();
}

function PersonaSelect({ names }) {
  const [chosen, setChosen] = useState(currentPersona());
  const choose = (event) => {
    choosePersona(event.target.value);
    setChosen(event.target.value);
  };
  return (
    <label className="persona">
      Persona (vai){" "}
      <select value={chosen} onChange={choose}>
        <option value="">anonymous</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

async function seededCouple() {
  const [families, clock] = await Promise.all([
    fromDemo(`families?first=1&offset=${1 + Math.floor(Math.random() * 2_000)}`),
    fromDemo("clock"),
  ]);
  return families?.[0] && clock ? { family: families[0], now: new Date(clock.now) } : undefined;
}

const personas = await fromDemo("personas");
const tabs = readyTabs(personas && (await seededCouple()));
// GraphiQL drops the variables of the first of the default tabs, and opens the initial ones anew beside tabs it remembers
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;
const initial = isFirstVisit ? { initialQuery: tabs[0].query, initialVariables: tabs[0].variables } : {};

createRoot(document.getElementById("page")).render(
  <GraphiQL fetcher={fetcher} defaultTabs={tabs} {...initial}>
    <GraphiQL.Logo>{personas ? <PersonaSelect names={personas} /> : "Motcua"}</GraphiQL.Logo>
  </GraphiQL>,
);
