/** Focus among the rows of the work list. `links`: the links of the rows, in their order. */
export function rowFocus(links: () => HTMLAnchorElement[]) {
  /** Moves the focus to the row after (1) or before (-1) the focused one, or else the open one. */
  function move(step: 1 | -1): void {
    const all = links();
    const focused = all.findIndex((link) => link.matches(":focus"));
    const from = focused >= 0 ? focused : all.findIndex((link) => link.matches("[aria-current]"));
    all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
  }

  /** Part of the row after a part's, or of that before it; rows that have left the list do not count. */
  function neighbour(part: string): string | undefined {
    const all = links()
      .filter((link) => partOfRow(link) === part || !link.matches(".ended"))
      .map(partOfRow);
    const at = all.indexOf(part);
    return all[at + 1] ?? all[at - 1];
  }

  /** Moves the focus to a part, or else the first one. False: there is none. */
  function focus(part: string | undefined): boolean {
    const all = links();
    const link = all.find((each) => partOfRow(each) === part) ?? all[0];
    link?.focus();
    return link !== undefined;
  }

  /** Part of the last row that the officer has in hand: focused, open, or under the pointer. */
  function inHand(): string | undefined {
    return partOfRow(links().findLast((link) => link.matches(":focus, :hover, [aria-current]")));
  }
  return { move, neighbour, focus, inHand };
}

export function partOfRow(link: HTMLElement | undefined): string | undefined {
  return link?.dataset.part;
}
