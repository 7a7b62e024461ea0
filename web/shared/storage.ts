// The browser's own storage holds only the theme, the switch for single keys, how long a person wants to take back, and drafts. It may be off or full.
const prefix = "missiondesk:";

export function stored(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function store(name: string, value: string | null): void {
  try {
    if (value === null || value === "") localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // Then a draft lives only as long as the page does.
  }
}

/** Forgets what a signed-in person had typed; the theme stays. */
export function forgetDrafts(): void {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`${prefix}draft:`));
    for (const name of names) localStorage.removeItem(name);
  } catch {
    // Nothing was stored then.
  }
}
