/** UUID version 7: 48 bits of time, so that what was made later sorts later; 74 of chance. */
export function uuid(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0, rest = now; i < 6; i++, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * What programs write where they have no id: all that the API refuses, for a message that names such
 * a user would be refused, too.
 */
const PLACEHOLDER =
  /^(|anon(ymous(_?id)?)?|guest|visitor|user(_?id)?|id|(distinct|profile)_?id|email|(not_|un)authenticated|unidentified|undefined|unknown|null|<?nil>?|none|nan|true|false|n\/?a|-1|\[object object\]|\[\]|\{\}|[0-]+|.*(\{\{.*\}\}|\$\{.*\}).*)$/is;

const MAX_BYTES = 255;

/**
 * The id as it is sent, or why it is none.
 *
 * @param id what the page passed, of whatever type
 */
export function userId(id: unknown): { id: string } | { wrong: string } {
  if (typeof id !== 'string' && !(typeof id === 'number' && isFinite(id))) {
    return { wrong: `is ${id === null ? 'null' : typeof id}, and has to be a string` };
  }
  const text = String(id).trim();
  if (PLACEHOLDER.test(text.replace(/^["']+|["']+$/g, '').trim())) {
    return { wrong: 'is a placeholder that stands for nobody' };
  }
  return byteLength(text) > MAX_BYTES
    ? { wrong: `is longer than ${MAX_BYTES} bytes` }
    : { id: text };
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
