import { carriedFrom, withCarried } from "./carried-values.ts";

const SUFFIX = "variables.json";

let tab;
let carried = {};
const own = new Set();

/** Operation of the open tab, as it stands in the editors. */
export function openOperation() {
  return tab;
}

/** Notes variables that the page has made; later answers may replace them in tabs that are opened. */
export function noteOwnVariables(variables) {
  for (const value of Object.values(variables ?? {})) own.add(value);
}

/** Notes what an answer tells the next tabs. */
export function noteAnswer(variables, data) {
  carried = { ...carried, ...carriedFrom(variables, data) };
  noteOwnVariables(carried);
}

/** Called at each change of the tabs or their texts. */
export function onTabChange({ tabs, activeTabIndex }) {
  const isOther = tab?.id !== tabs[activeTabIndex]?.id;
  tab = tabs[activeTabIndex];
  if (isOther) setTimeout(carryIntoTab); // its texts are in the editors then
}

function carryIntoTab() {
  const text = withCarried(tab?.variables ?? null, carried, own);
  if (text === undefined) return;
  const model = globalThis.monaco?.editor.getModels().find(({ uri }) => uri.path.endsWith(SUFFIX));
  model?.setValue(text);
}
