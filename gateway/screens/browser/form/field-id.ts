let last = 0;

/** Id of an element that is unique within the page. */
export function newId(): string {
  last += 1;
  return `field-${last}`;
}
