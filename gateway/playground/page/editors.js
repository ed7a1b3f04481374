let monaco;

globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(`/playground/${label === "json" || label === "graphql" ? label : "editor"}.worker.js`),
  globalAPI: true, // the editor then sets `monaco` as soon as it is loaded, which may be late
};

Object.defineProperty(globalThis, "monaco", {
  get: () => monaco,
  set(loaded) {
    monaco = loaded;
    setTimeout(() => {
      // its parts must be there before it is asked for anything
      for (const editor of monaco.editor.getEditors()) suitVietnamese(editor);
      monaco.editor.onDidCreateEditor(suitVietnamese);
    });
  },
});

/** The editor takes dashes and letters with marks for look-alikes of others, and measures before the font is there. */
function suitVietnamese(editor) {
  editor.updateOptions({ unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false } });
  document.fonts.ready.then(() => monaco.editor.remeasureFonts());
}
