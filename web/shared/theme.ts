import { signal } from "@preact/signals";
import { store, stored } from "./storage";

export type Theme = "system" | "light" | "dark";
const saved = stored("theme");
export const theme = signal<Theme>(saved === "light" || saved === "dark" ? saved : "system");

export function choose(next: Theme): void {
  theme.value = next;
  store("theme", next === "system" ? null : next);
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}
