/** Size of a value as JSON, in bytes. Unlike JSON.stringify it handles any depth. */
export function jsonBytes(value: unknown): number {
  let bytes = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const each = open.pop();
    if (typeof each === "string") bytes += textBytes(each);
    else if (typeof each !== "object" || each === null) bytes += String(each).length;
    else if (Array.isArray(each)) {
      bytes += Math.max(2, each.length + 1); // brackets and commas
      for (const item of each) open.push(item);
    } else {
      const entries = Object.entries(each);
      bytes += Math.max(2, entries.length + 1);
      for (const [key, held] of entries) {
        bytes += textBytes(key) + 1;
        open.push(held);
      }
    }
  }
  return bytes;
}

function textBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
