let monaco;

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => {
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
      for (const editor of monaco.editor.getEditors()) suitVietnamese(editor);
      monaco.editor.onDidCreateEditor(suitVietnamese);
    });
  },
});

/** The editor flags dashes and letters with marks as look-alikes, and measures text before the font is loaded. */
function suitVietnamese(editor) {
  editor.updateOptions({ unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false } });
  document.fonts.ready.then(() => monaco.editor.remeasureFonts());
}
