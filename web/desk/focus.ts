/** Puts the focus on a row of the list, so that keys work from there; without one on the first. */
export function focusRow(id: string | null): void {
  const row = id === null ? null : document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
  (row ?? document.querySelector<HTMLElement>("[data-row]"))?.focus();
}

/** After an act: back to the list; where only the card is on the page, to what became of it. */
export function backToList(id: string): void {
  requestAnimationFrame(() => {
    const list = document.querySelector<HTMLElement>(".side-list");
    if (list?.checkVisibility()) focusRow(id);
    else document.getElementById("outcome")?.focus();
  });
}
