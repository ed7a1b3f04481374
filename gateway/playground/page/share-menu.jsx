import { buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";
import { useState } from "react";
import { curlCommand, playgroundLink } from "../../screens/browser/client/share.ts";
import { fetcher } from "./fetcher.js";
import { openOperation } from "./open-tab.js";
import { currentPersona } from "./persona.js";

const TOLD_MS = 1_500;

/** Buttons that pass the open operation on: as a link, as curl; and the schema as a file. */
export function ShareMenu() {
  const [told, setTold] = useState("");
  const tell = (text) => {
    setTold(text);
    setTimeout(() => setTold(""), TOLD_MS);
  };
  const copy = async (text) => {
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (isCopied) tell("Đã chép");
    else prompt("Chép", text); // pages of plain http on another host have no clipboard
  };
  return (
    <span className="share">
      <button
        type="button"
        title="Link with this document, its variables and its persona"
        onClick={() => copy(location.origin + playgroundLink(operation()))}
      >
        Liên kết
      </button>
      <button type="button" title="Copy as curl" onClick={() => copy(curlCommand(location.origin, operation()))}>
        curl
      </button>
      <button type="button" title="Download the schema (SDL)" onClick={downloadSchema}>
        SDL
      </button>
      <output>{told}</output>
    </span>
  );
}

function operation() {
  const { query, variables } = openOperation() ?? {};
  let values = {};
  try {
    values = JSON.parse(variables || "{}");
  } catch {
    // unfinished variables are left out
  }
  return { query: query ?? "", variables: values, persona: currentPersona() };
}

async function downloadSchema() {
  const { data } = await fetcher({ query: getIntrospectionQuery() });
  const file = new Blob([printSchema(buildClientSchema(data))], { type: "text/plain" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "api.graphql";
  link.click();
  URL.revokeObjectURL(link.href);
}
