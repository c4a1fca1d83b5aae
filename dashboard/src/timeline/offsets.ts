/** Where rows of different heights lie, in pixels from the top. */
export class Offsets {
  private readonly tops: Float64Array;

  constructor(count: number, heightOf: (row: number) => number) {
    this.tops = new Float64Array(count + 1);
    for (let row = 0; row < count; row++) {
      this.tops[row + 1] = this.tops[row]! + heightOf(row);
    }
  }

  get count(): number {
    return this.tops.length - 1;
  }

  get total(): number {
    return this.tops[this.count]!;
  }

  /** Top of a row; of the one behind the last, the end. */
  top(row: number): number {
    return this.tops[Math.min(row, this.count)]!;
  }

  /** The row at this height; the last one below the end. */
  at(y: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle]! <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(0, low);
  }
}
