/** "$.payments[1]['payment_id']", "/payments/1/payment_id" and "payments.1.payment_id" lead the same way. */
export function steps(path: string): string[] {
  return path
    .replace(/^\$/, "")
    .split(/[./[\]'"]+/)
    .filter((step) => step !== "");
}

function reach(value: unknown, wanted: readonly string[]): unknown {
  return wanted.reduce<unknown>((inner, step) => (inner !== null && typeof inner === "object" ? (inner as Record<string, unknown>)[step] : undefined), value);
}

/**
 * The place in `detail` that `path` means. Paths begin at the value that was read; for any other detail the
 * shallowest place that ends like the path is the one. `null`: there is none.
 */
export function find(detail: unknown, path: string): string | null {
  const wanted = steps(path);
  if (wanted.length === 0) return null;
  if (reach(detail, ["value", ...wanted]) !== undefined) return ["value", ...wanted].join(".");
  let level: { at: string[]; value: unknown }[] = [{ at: [], value: detail }];
  while (level.length > 0) {
    const hit = level.find(({ at }) => at.length >= wanted.length && wanted.every((step, each) => at[at.length - wanted.length + each] === step));
    if (hit !== undefined) return hit.at.join(".");
    level = level.flatMap(({ at, value }) =>
      value !== null && typeof value === "object" ? Object.entries(value).map(([key, inner]) => ({ at: [...at, key], value: inner as unknown })) : [],
    );
  }
  return null;
}
