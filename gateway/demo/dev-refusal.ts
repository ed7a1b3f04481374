/** Refusal of a request to a /dev endpoint: the field, the problem and the remedy. */
export class DevRefusal extends Error {
  readonly field: string;
  readonly remedy: string;

  constructor(field: string, message: string, remedy: string) {
    super(message);
    this.field = field;
    this.remedy = remedy;
  }
}

export function devRefusal(field: string, message: string, remedy: string): DevRefusal {
  return new DevRefusal(field, `${field} ${message}`, remedy);
}
