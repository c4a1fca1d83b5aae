/** A place for short texts that outlives the page. None of it throws: a place may be refused. */
export interface Place {
  get(name: string): string | null;
  /** Whether it is there now. */
  set(name: string, value: string): boolean;
  remove(name: string): void;
}

/** 400 days: browsers keep no cookie longer. */
const MAX_AGE = 34_560_000;

/** Local storage. Where it is refused, or full, nothing is kept. */
export const local: Place & { names(prefix: string): string[] } = {
  get: (name) => attempt(() => localStorage.getItem(name), null),
  set: (name, value) =>
    attempt(() => {
      localStorage.setItem(name, value);
      return localStorage.getItem(name) === value;
    }, false),
  remove: (name) => attempt(() => localStorage.removeItem(name), undefined),
  names: (prefix) =>
    attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(prefix)), []),
};

/** Cookies of the widest domain that takes one, so that all of a website's hosts know a visitor. */
export class Cookies implements Place {
  private suffix: string | undefined;

  get(name: string): string | null {
    return attempt(() => {
      const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
      return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
    }, null);
  }

  set(name: string, value: string): boolean {
    this.suffix ??= this.widest();
    return this.write(name, value, MAX_AGE, this.suffix);
  }

  remove(name: string): void {
    this.suffix ??= this.widest();
    this.write(name, '', 0, this.suffix);
  }

  /** A public suffix takes no cookie: the first domain that does is the website's own. */
  private widest(): string {
    const labels = attempt(() => location.hostname, '').split('.');
    const isAddress = /^[\d.]*$|:/.test(labels.join('.'));
    for (let n = isAddress ? 0 : 2; n && n <= labels.length; n++) {
      const domain = `; domain=${labels.slice(-n).join('.')}`;
      const taken = this.write('__crowd_probe', '1', 10, domain);
      this.write('__crowd_probe', '', 0, domain);
      if (taken) return domain;
    }
    return '';
  }

  private write(name: string, value: string, age: number, domain: string): boolean {
    return attempt(() => {
      const secure = location.protocol === 'https:' ? '; secure' : '';
      const text = encodeURIComponent(value);
      document.cookie = `${name}=${text}; path=/; max-age=${age}; samesite=lax${secure}${domain}`;
      return this.get(name) === value;
    }, false);
  }
}

function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
