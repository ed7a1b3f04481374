import { writtenDay } from "../../../../subgraphs/_shared/reference/written-day.ts";
import { element, fill } from "../client/element.ts";
import { allNodes, type FormNode, nodeAt } from "../form/form-node.ts";
import type { Desk } from "./desk.ts";
import citizenDocument from "./documents/citizen.graphql";
import { texts } from "./texts.ts";

const NUMBER = /^\d{12}$/;

type Household = {
  code: string;
  head: { personalId: string; fullName: string | null } | null;
  address: { line: string; commune: { code: string; name: string } } | null;
};
type Person = {
  fullName: string | null;
  dateOfBirth: string | null;
  ethnicity: string | null;
  nationality: string | null;
  residency: { household: Household | null } | null;
};

/** Fields of a person that the population register knows, beside the number. */
const KNOWN = ["fullName", "dateOfBirth", "ethnicity", "nationality"] as const;

/**
 * Looks people up by the numbers that are typed into a form: fills in what is still empty beside the number, says who it is, and offers the
 * household for the part of the form that asks for one.
 */
export function watchPersonalNumbers(desk: Desk, form: FormNode): void {
  form.element.addEventListener("input", (event) => void look(event.target));
  form.element.addEventListener("change", (event) => void look(event.target));

  async function look(target: EventTarget | null): Promise<void> {
    if (!(target instanceof HTMLInputElement) || !NUMBER.test(target.value.trim())) return;
    const found = allNodes(form).find(({ node }) => node.below().length === 0 && node.element.contains(target));
    const name = found?.path.at(-1) ?? "";
    if (!found || !/personalId$/i.test(name) || target.dataset.known === target.value) return;
    target.dataset.known = target.value;
    const { data } = await desk.ask<{ citizen: Person | null }>(citizenDocument, { personalId: target.value.trim() });
    if (!data?.citizen || target.value !== target.dataset.known) return;
    show(found.node, data.citizen);
    if (name === "personalId") fillBeside(found.path.slice(0, -1), data.citizen);
  }

  function fillBeside(path: readonly string[], person: Person): void {
    const group = nodeAt(form, path);
    for (const [name, node] of group.below()) {
      const value = person[name as (typeof KNOWN)[number]];
      if (KNOWN.some((each) => each === name) && value && !node.value()) node.fill(value);
    }
  }

  function show(node: FormNode, person: Person): void {
    const { fullName, dateOfBirth, residency } = person;
    const household = residency?.household;
    const note = node.element.querySelector(".known") ?? element("p", { class: "known hint" });
    const use = element(
      "button",
      { type: "button", class: "small", click: () => fillHousehold(household) },
      texts.useHousehold,
    );
    fill(
      note,
      [fullName, dateOfBirth && writtenDay(dateOfBirth)].filter(Boolean).join(" · "),
      household &&
        `. ${texts.household(household.code, household.head?.fullName ?? "", household.address?.line ?? "")} `,
      household && hasHouseholdPart(form) && use,
    );
    node.element.append(note);
  }

  function fillHousehold(household: Household | null | undefined): void {
    const { head, address } = household ?? {};
    const part = {
      headPersonalId: head?.personalId,
      address: address && { line: address.line, commune: address.commune.code },
    };
    nodeAt(form, ["residence"]).fill(part);
    nodeAt(form, ["residence", "relationToHead"]).focus();
  }
}

/** True for forms with a part about the household into which somebody is registered. */
function hasHouseholdPart(form: FormNode): boolean {
  return form.element.querySelector('[data-name="residence"]') !== null;
}
