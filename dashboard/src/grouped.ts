/** As `Map.groupBy`, which Node 20 does not have: the tests run there. */
export function grouped<K, T>(values: T[], by: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = by(value);
    const group = groups.get(key);
    if (group) {
      group.push(value);
    } else {
      groups.set(key, [value]);
    }
  }
  return groups;
}
