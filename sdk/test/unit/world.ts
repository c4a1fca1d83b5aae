/** Local storage as browsers have it, for Node. */
export class FakeStorage {
  [name: string]: unknown;

  /** Characters that fit in. */
  static room = Infinity;

  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? (this[name] as string) : null;
  }

  setItem(name: string, value: string): void {
    const used = Object.entries(this).reduce((sum, [k, v]) => sum + k.length + String(v).length, 0);
    if (used + name.length + value.length > FakeStorage.room) throw new Error('QuotaExceededError');
    this[name] = value;
  }

  removeItem(name: string): void {
    delete this[name];
  }
}

/** An empty one, in the place where the SDK looks. */
export function freshStorage(): FakeStorage {
  FakeStorage.room = Infinity;
  const storage = new FakeStorage();
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  return storage;
}
