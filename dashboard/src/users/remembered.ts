/** How the list stood when somebody went to a user: he comes back to the same page of the same search. */
export interface Remembered {
  query: string;
  /** Of the pages up to the one that was shown, but for the first. */
  cursors: string[];
}

let last: Remembered = { query: '', cursors: [] };

export function remember(list: Remembered): void {
  last = list;
}

export function remembered(): Remembered {
  return last;
}
