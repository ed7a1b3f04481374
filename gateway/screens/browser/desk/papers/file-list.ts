import { element, fill } from "../../client/element.ts";
import { fileRow } from "./file-row.ts";

/** A chosen file. `id` is absent while it is read, and where it is refused. */
export type Chosen = { id?: string | undefined; row: ReturnType<typeof fileRow> };

/** List of chosen files; `removed` is called after a person has removed one. */
export function fileList(removed: () => void) {
  const list = element("ul", { class: "files", "aria-live": "polite" });
  let all: Chosen[] = [];

  function show(chosen: Chosen[]): void {
    all = chosen;
    fill(
      list,
      all.map(({ row }) => row.element),
    );
  }

  const remove = (chosen: Chosen) => show(all.filter((each) => each !== chosen));
  return {
    element: list,
    remove,
    clear: () => show([]),
    add(name: string, id?: string): Chosen {
      const take = () => {
        remove(chosen);
        removed();
      };
      const chosen: Chosen = { id, row: fileRow(take) };
      chosen.row.name(name);
      show([...all, chosen]);
      return chosen;
    },
    ids: () => all.flatMap(({ id }) => id ?? []),
    /** True while a file is being read or is refused. */
    isIncomplete: () => all.some(({ id }) => id === undefined),
  };
}
