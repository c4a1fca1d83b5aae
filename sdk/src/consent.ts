import type { Options } from './options.js';
import { Cookies, local, Mirror } from './storage.js';

/** Whether anything may be stored and sent. What the visitor said himself outranks all else. */
export class Consent {
  private readonly said: Mirror;

  constructor(
    private readonly name: string,
    cookies: Cookies,
    private readonly options: Options,
  ) {
    this.said = new Mirror([cookies, local]);
  }

  isGiven(): boolean {
    const said = this.said.get(this.name);
    if (said) return said === 'in';
    return (
      !this.options.consentRequired &&
      !(this.options.respectPrivacySignals !== false && isRefusedByBrowser())
    );
  }

  say(word: 'in' | 'out'): void {
    this.said.set(this.name, word);
  }
}

function isRefusedByBrowser(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
  };
  return globalPrivacyControl === true || doNotTrack === '1' || doNotTrack === 'yes';
}
