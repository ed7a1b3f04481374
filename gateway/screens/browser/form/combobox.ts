import { element } from "../client/element.ts";
import { type Choice, choiceList } from "./choice-list.ts";

/** Choices for a typed text; where nothing can be asked, those that are remembered. */
export type Lookup = (text: string) => Promise<Choice[]>;

const PAUSE_MS = 200;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Text field with a list of choices (ARIA combobox with list autocompletion). A text that is no choice is the value itself, so a code may be
 * typed while nothing can be looked up.
 */
export function combobox(id: string, lookup: Lookup, changed: () => void) {
  let chosen: Choice | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const input: HTMLInputElement = element("input", {
    ...{ id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list" },
    ...{ "aria-expanded": "false", "aria-controls": `${id}-list` },
    input: typed,
    keydown: (event) => key(event as KeyboardEvent),
    blur: () => list.close(),
  });
  const list = choiceList(id, input, choose);

  function typed(): void {
    chosen = undefined;
    clearTimeout(pause);
    pause = setTimeout(() => void show(input.value.trim()), PAUSE_MS);
  }

  async function show(text: string): Promise<void> {
    const found = await lookup(text);
    if (text !== input.value.trim() || document.activeElement !== input) return; // typed on, or left, meanwhile
    list.show(found);
  }

  function key(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const active = list.active();
    if (step) {
      event.preventDefault();
      if (list.isOpen()) list.move(step);
      else void show(input.value.trim());
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && list.isOpen()) {
      event.stopPropagation();
      list.close();
    }
  }

  function choose(choice: Choice): void {
    chosen = choice;
    input.value = choice.label;
    list.close();
    changed();
  }

  function settle(value: string, found: readonly Choice[]): void {
    if (input.value !== value) return; // typed on meanwhile
    chosen = found.find((each) => each.value === value);
    input.value = chosen?.label ?? value;
  }

  return {
    element: element("div", { class: "combobox" }, input, list.element),
    input,
    value: () => chosen?.value ?? input.value.trim(),
    /** Fills a value in and looks its label up. */
    set(value: string): void {
      chosen = undefined;
      input.value = value;
      if (value) void lookup(value).then((found) => settle(value, found));
    },
  };
}
