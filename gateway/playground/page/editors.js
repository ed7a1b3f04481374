let hasDrawn;
/** Settles when the first editor stands: language services and the schema, a third of what the page loads, are fetched after it. */
export const editorDrawn = new Promise((resolve) => {
  hasDrawn = resolve;
});
let monaco;

globalThis.MonacoEnvironment = {
  getWorker: async (_, label) => {
    await editorDrawn;
    const name = label === "json" || label === "graphql" ? label : "editor";
    return new Worker(`/playground/${WORKER_FILES[`${name}.worker`]}`); // the build defines WORKER_FILES
  },
  globalAPI: true, // the editor sets `monaco` when it is loaded, which may be after the page
};

Object.defineProperty(globalThis, "monaco", {
  get: () => monaco,
  set(loaded) {
    monaco = loaded;
    setTimeout(() => {
      // its modules must be loaded before the first call
      if (monaco.editor.getEditors().length > 0) drawn();
      monaco.editor.onDidCreateEditor(drawn);
    });
  },
});

function drawn() {
  hasDrawn();
  document.fonts.ready.then(() => monaco.editor.remeasureFonts()); // it measures text before the font is loaded
}
