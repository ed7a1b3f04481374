import { element } from "../client/element.ts";
import { texts } from "./texts.ts";

type Row<T> = { elements: HTMLElement[]; read(): T };

/** List of rows of fields that begins with one and may grow. */
export function rowList<T>(addLabel: string, rowAt: (place: number) => Row<T>) {
  const rows = new Map<HTMLElement, Row<T>>();
  const list = element("div");
  let made = 0;

  function add(): void {
    const row = rowAt(made);
    const remove = () => {
      rows.delete(line);
      line.remove();
      more.focus();
    };
    const removal = element("button", { type: "button", class: "small", click: remove }, texts.form.remove);
    const line = element("div", { class: "fields row" }, row.elements, made > 0 && removal);
    made += 1;
    rows.set(line, row);
    list.append(line);
    line.querySelector<HTMLElement>("input, select")?.focus();
  }

  const more = element("button", { type: "button", class: "small", click: add }, addLabel);
  add();
  return { element: element("div", {}, list, more), read: () => [...rows.values()].map((row) => row.read()) };
}
