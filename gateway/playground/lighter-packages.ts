import { readFileSync } from "node:fs";
import type { Loader, Plugin } from "esbuild";
import { projectPath } from "../../subgraphs/_shared/serving/paths.ts";

const ICON_FONT = projectPath("node_modules/monaco-editor/esm/vs/base/browser/ui/codicons/codicon/codicon.ttf");
const UNUSED_ABILITIES = [
  ...[
    "codeAction",
    "codelens",
    "colorPicker",
    "diffEditorBreadcrumbs",
    "dnd",
    "dropOrPasteInto",
    "fontZoom",
    "gotoError",
  ],
  ...["gotoSymbol", "inPlaceReplace", "inlayHints", "inlineCompletions", "inlineEdit", "inlineEdits", "inlineProgress"],
  ...[
    "anchorSelect",
    "documentSymbols",
    "linkedEditing",
    "longLinesHelper",
    "rename",
    "sectionHeaders",
    "semanticTokens",
    "smartSelect",
    "stickyScroll",
    "unicodeHighlighter",
  ],
  ...["unusualLineTerminators", "wordPartOperations"],
];

type Change = { file: string; loader?: Loader; change(text: string): string };

/** Changes of files of GraphiQL and its editor Monaco, so that the page loads less, is accessible, and shows Vietnamese. */
const CHANGES: Change[] = [
  {
    // Compression does not shorten embedded fonts. The icons become a file, loaded where one is shown. The monospaced font breaks
    // Vietnamese letters, so the page names another one under the same name; the text is set in a font of the system.
    file: "graphiql/dist/style.css",
    loader: "css",
    change: (text) =>
      text.replaceAll(/@font-face\s*\{[^}]*\}/g, (face) =>
        face.includes("codicon") ? face.replace(/url\(data:[^)]*\)/, `url("${ICON_FONT}")`) : "",
      ),
  },
  {
    file: "monaco-editor/esm/vs/editor/editor.all.js",
    change: (text) =>
      text
        .replaceAll(new RegExp(`^import '\\./contrib/(${UNUSED_ABILITIES.join("|")})/.*$`, "gm"), "")
        .replaceAll(/^import '.*(diffEditor\.contribution|suggestInlineCompletions)\.js';$/gm, ""),
  },
  {
    file: "monaco-editor/esm/vs/editor/edcore.main.js",
    change: (text) =>
      text.replaceAll(
        /^import '.*(GotoSymbolQuickAccess|ReferenceSearch|inspectTokens|toggleHighContrast)\.js';$/gm,
        "",
      ),
  },
  {
    // The documentation is loaded when a panel is opened.
    file: "@graphiql/plugin-doc-explorer/dist/context.js",
    change: (text) =>
      text.replace(
        'import { DocExplorer } from "./components/doc-explorer.js";',
        `import { lazy, Suspense } from "react";
        const Loaded = lazy(async () => ({ default: (await import("./components/doc-explorer.js")).DocExplorer }));
        const DocExplorer = () =>
          useGraphiQL(({ visiblePlugin }) => visiblePlugin) ? jsx(Suspense, { children: jsx(Loaded, {}) }) : null;`,
      ),
  },
  {
    file: "graphiql-explorer/dist/Explorer.js",
    change: (text) =>
      text.replace("require('graphql')", `require("${projectPath("gateway/playground/page/graphql-of-explorer.js")}")`),
  },
  // Stand-ins for abilities that are left out but imported elsewhere: none is found. No editor shows differences, or marks letters
  // that look alike.
  {
    file: "monaco-editor/esm/vs/editor/contrib/inlayHints/browser/inlayHintsHover.js",
    change: () => "export class InlayHintsHover {}",
  },
  {
    file: "monaco-editor/esm/vs/editor/contrib/colorPicker/browser/colorHoverParticipant.js",
    change: () => "export class ColorHoverParticipant {}",
  },
  {
    file: "monaco-editor/esm/vs/editor/contrib/gotoSymbol/browser/link/goToDefinitionAtPosition.js",
    change: () => "export class GotoDefinitionAtPositionEditorContribution { static get() { return null; } }",
  },
  {
    file: "monaco-editor/esm/vs/editor/contrib/inlineCompletions/browser/hintsWidget/inlineCompletionsHintsWidget.js",
    change: () => "export class InlineSuggestionHintsContentWidget { static dropDownVisible = false; }",
  },
  {
    file: "monaco-editor/esm/vs/editor/browser/widget/diffEditor/diffEditorWidget.js",
    change: () => "export class DiffEditorWidget {}",
  },
  {
    file: "monaco-editor/esm/vs/editor/browser/widget/multiDiffEditor/multiDiffEditorWidget.js",
    change: () => "export class MultiDiffEditorWidget {}",
  },
  {
    file: "monaco-editor/esm/vs/base/common/strings.js",
    change: (text) => text.replace(/JSON\.parse\('\{\\"_common\\":.*'\)/, `({ _common: [], _default: [] })`),
  },
  {
    // A tab must not hold buttons: they are a list of buttons, of which the chosen one is current. Tabs are not dragged, which spares
    // a library for movement.
    file: "@graphiql/react/dist/components/tabs/index.js",
    change: (text) =>
      text
        .replace('"aria-selected": isActive', '"aria-current": isActive')
        .replace(/role: "tab(list)?",/g, "")
        .replace(
          'import { Reorder } from "framer-motion";',
          `const Reorder = {
            Item: forwardRef(({ value, dragElastic, ...props }, ref) => jsx("li", { ...props, ref })),
            Group: forwardRef(({ values, onReorder, axis, ...props }, ref) => jsx("ul", { ...props, ref })),
          };`,
        ),
  },
  { file: "graphiql/dist/GraphiQL.js", change: (text) => text.replace('role: "tabpanel"', 'role: "region"') },
];

/** Makes the packages of the page lighter. @throws where a new version of a package no longer has what is changed */
export const lighterPackages: Plugin = {
  name: "lighter-packages",
  setup({ onLoad }) {
    for (const { file, loader = "js", change } of CHANGES) {
      const filter = new RegExp(`node_modules/${file.replaceAll(".", "\\.")}$`.replaceAll("/", "[\\\\/]"));
      onLoad({ filter }, ({ path }) => {
        const before = readFileSync(path, "utf8");
        const contents = change(before);
        if (contents === before)
          throw new Error(`${file} has nothing to change: see gateway/playground/lighter-packages.ts`);
        return { contents, loader };
      });
    }
  },
};
