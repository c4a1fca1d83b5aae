// What a reader's browser has to fetch for the page, compressed as it is sent.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const MAX_BYTES = 25 * 1024;

/** @returns {{file: string, bytes: number}[]} */
export function sizes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js|css|svg)$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { file: path.slice(folder.length), bytes: gzipSync(readFileSync(path), { level: 9 }).length };
    });
}
