/** The SDK as a module: `import { crowd } from '@crowd/browser'`. */
import { Crowd } from './crowd.js';

export type { IdentifyOptions, Listeners, Message, Options, Traits, Warning } from './options.js';
export { Crowd };

/** One for the page. */
export const crowd: Crowd = new Crowd();
