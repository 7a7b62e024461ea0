import { signal } from "@preact/signals";

/** The path of the page that is shown, without a closing slash. */
export const path = signal(read());

function read(): string {
  return location.pathname.replace(/\/+$/, "") || "/";
}

/** Goes to another page of this surface. `replace`: the back button will not come here again. */
export function go(to: string, { replace = false } = {}): void {
  if (to === path.value) return;
  history[replace ? "replaceState" : "pushState"](null, "", to);
  path.value = read();
}

/** Makes links under `base` change the page without loading it anew. */
export function route(base: string): void {
  addEventListener("popstate", () => (path.value = read()));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || link.origin !== location.origin || !link.pathname.startsWith(base)) return;
    event.preventDefault();
    go(link.pathname);
  });
}

/** The part of the path behind `prefix`: `after("/desk/queue")` of /desk/queue/p_1 is "p_1". */
export function after(prefix: string): string | null {
  return path.value.startsWith(`${prefix}/`) ? decodeURIComponent(path.value.slice(prefix.length + 1)) : null;
}
