/** First-in, first-out queue for each client. Clients take turns, so that one client's many items delay the others by one each. */
export class FairQueue<Item> {
  private readonly items = new Map<string, Item[]>(); // clients in the order of their turns
  private count = 0;

  get size(): number {
    return this.count;
  }

  sizeOf(client: string): number {
    return this.items.get(client)?.length ?? 0;
  }

  add(client: string, item: Item): void {
    const own = this.items.get(client);
    if (own) own.push(item);
    else this.items.set(client, [item]);
    this.count += 1;
  }

  /** Removes and returns the first item of the client whose turn it is. */
  take(): Item | undefined {
    for (const [client, own] of this.items) {
      const item = own.shift();
      this.items.delete(client);
      if (own.length > 0) this.items.set(client, own); // its next turn is after those of all others
      if (item === undefined) continue;
      this.count -= 1;
      return item;
    }
    return undefined;
  }

  remove(client: string, item: Item): void {
    const own = this.items.get(client);
    const index = own?.indexOf(item) ?? -1;
    if (!own || index < 0) return;
    own.splice(index, 1);
    this.count -= 1;
    if (own.length === 0) this.items.delete(client);
  }
}
