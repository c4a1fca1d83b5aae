import type { Options } from './options.js';
import { type Cookies, local } from './storage.js';

/** Whether anything may be stored and sent. What the visitor said himself outranks all else. */
export class Consent {
  /** For a browser that keeps nothing. */
  private said: string | undefined;

  constructor(
    private readonly name: string,
    private readonly cookies: Cookies,
    private readonly options: Options,
  ) {}

  isGiven(): boolean {
    const said = this.cookies.get(this.name) ?? local.get(this.name) ?? this.said;
    if (said) return said === 'in';
    return (
      !this.options.consentRequired &&
      !(this.options.respectPrivacySignals !== false && isRefusedByBrowser())
    );
  }

  say(word: 'in' | 'out'): void {
    this.said = word;
    this.cookies.set(this.name, word);
    local.set(this.name, word);
  }
}

function isRefusedByBrowser(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
  };
  return globalPrivacyControl === true || doNotTrack === '1' || doNotTrack === 'yes';
}
