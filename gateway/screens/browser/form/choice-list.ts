import { element, fill } from "../client/element.ts";
import { texts } from "./texts.ts";

/** Choice of a list: the value of the data and what people read. */
export type Choice = { value: string; label: string };

/** List of choices below a text field (ARIA listbox): one of them is active while arrow keys move. */
export function choiceList(id: string, input: HTMLInputElement, choose: (choice: Choice) => void) {
  let choices: readonly Choice[] = [];
  let active = -1;
  const list = element("ul", { role: "listbox", id: `${id}-list`, class: "choices", hidden: true });

  function show(found: readonly Choice[]): void {
    choices = found;
    active = -1;
    draw();
  }

  function draw(): void {
    const options = choices.map(option);
    fill(list, options);
    options[active]?.scrollIntoView({ block: "nearest" });
    list.hidden = choices.length === 0;
    list.setAttribute("aria-label", texts.choices(choices.length));
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function option(choice: Choice, at: number): HTMLElement {
    const mousedown = (event: Event) => {
      event.preventDefault(); // keeps the focus in the field
      choose(choice);
    };
    const attributes = { role: "option", id: `${id}-${at}`, "aria-selected": String(at === active), mousedown };
    return element("li", attributes, choice.label);
  }

  return {
    element: list,
    show,
    close: () => show([]),
    isOpen: () => choices.length > 0,
    active: () => choices[active],
    move(step: number): void {
      active = (active + step + choices.length) % choices.length;
      draw();
    },
  };
}
