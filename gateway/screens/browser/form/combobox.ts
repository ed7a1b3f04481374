import { element, fill } from "../client/element.ts";
import { texts } from "./texts.ts";

/** Choice of a list: the value of the data and what people read. */
export type Choice = { value: string; label: string };

/** Choices for a typed text; where nothing can be asked, those that are remembered. */
export type Lookup = (text: string) => Promise<Choice[]>;

const PAUSE_MS = 200;

/**
 * Text field with a list of choices (ARIA combobox with list autocompletion). A text that is no choice is the value itself, so a code may be
 * typed while nothing can be looked up.
 */
export function combobox(id: string, lookup: Lookup, changed: () => void) {
  let chosen: Choice | undefined;
  let choices: Choice[] = [];
  let active = -1;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const list = element("ul", { role: "listbox", id: `${id}-list`, class: "choices", hidden: true });
  const input = element("input", {
    ...{ id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list" },
    ...{ "aria-expanded": "false", "aria-controls": `${id}-list` },
    input: typed,
    keydown: (event) => key(event as KeyboardEvent),
    blur: close,
  });

  function typed(): void {
    chosen = undefined;
    clearTimeout(pause);
    pause = setTimeout(() => void show(input.value.trim()), PAUSE_MS);
  }

  async function show(text: string): Promise<void> {
    const found = await lookup(text);
    if (text !== input.value.trim() || document.activeElement !== input) return; // typed on, or left, meanwhile
    choices = found;
    active = -1;
    draw();
  }

  function draw(): void {
    const options = choices.map(({ label }, at) =>
      element(
        "li",
        {
          ...{ role: "option", id: `${id}-${at}`, "aria-selected": String(at === active) },
          mousedown: (event) => {
            event.preventDefault(); // keeps the focus in the field
            choose(at);
          },
        },
        label,
      ),
    );
    fill(list, options);
    options[active]?.scrollIntoView({ block: "nearest" });
    list.hidden = choices.length === 0;
    list.setAttribute("aria-label", texts.choices(choices.length));
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) {
        void show(input.value.trim());
        return;
      }
      active = (active + step + choices.length) % choices.length;
      draw();
      return;
    }
    if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(active);
    }
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  }

  function choose(at: number): void {
    chosen = choices[at];
    input.value = chosen?.label ?? "";
    close();
    changed();
  }

  function close(): void {
    choices = [];
    active = -1;
    draw();
  }

  return {
    element: element("div", { class: "combobox" }, input, list),
    input,
    value: () => chosen?.value ?? input.value.trim(),
    /** Fills a value in and looks its label up. */
    set(value: string): void {
      chosen = undefined;
      input.value = value;
      if (value) void lookup(value).then((found) => settle(value, found));
    },
  };

  function settle(value: string, found: readonly Choice[]): void {
    if (input.value !== value) return; // typed on meanwhile
    chosen = found.find((each) => each.value === value);
    input.value = chosen?.label ?? value;
  }
}
