import { parseUtf8Json, type Utf8 } from "../../utf8.ts";
import { type JsonObject, setOwn } from "../json.ts";

/** Names of the fields on the way to a position in the merged data, without list indexes. */
export type FieldPath = readonly string[];

/** A field of subgraphs' responses whose value may stay text. */
export type TextField = {
  /** Regular expression that the text of every such value matches as a whole, see text-pattern.ts. */
  readonly pattern: string;
  /** False once the response has needed the value in another form. */
  isWanted: boolean;
};

/** Value of a field in the merged data, as the subgraph wrote it. No fetch reads it, so it need not be parsed. */
export class JsonText {
  readonly text: Utf8;
  readonly field: TextField;

  constructor(text: Utf8, field: TextField) {
    this.text = text;
    this.field = field;
  }

  parsed(): unknown {
    return parseUtf8Json(this.text);
  }
}

/** Parses all texts in merged data, in place, for readers that need each value. Not recursive, since scalars may nest deeply. */
export function parseTexts(data: JsonObject): void {
  const pending: object[] = [data];
  for (let container = pending.pop(); container; container = pending.pop()) {
    for (const [name, value] of Object.entries(container)) {
      if (value instanceof JsonText)
        setOwn(container as JsonObject, name, value.parsed()); // lists have no such elements
      else if (typeof value === "object" && value !== null) pending.push(value);
    }
  }
}
