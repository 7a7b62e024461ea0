/** Answers of each day, the oldest first, as bars; the words beside say the same. */
export function Days({ of: days }: { of: readonly number[] }) {
  const most = Math.max(...days, 1);
  return (
    <svg class="days" viewBox={`0 0 ${days.length * 4} 24`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="days-ground" x={0} y={23} width={days.length * 4} height={1} />
      {days.map((count, at) => count > 0 && <rect key={at} x={at * 4} y={24 - Math.max(2, (22 * count) / most)} width={3} height={Math.max(2, (22 * count) / most)} />)}
    </svg>
  );
}

/** How much of it, as a bar, with the numbers beside it. */
export function Share({ some, of: all }: { some: number; of: number }) {
  if (all === 0) return <span class="muted">none yet</span>;
  return (
    <span class="share">
      <svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share-ground" width={100} height={6} rx={3} />
        <rect width={(100 * some) / all} height={6} rx={3} />
      </svg>
      {some} of {all}
    </span>
  );
}
