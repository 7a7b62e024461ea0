import { useEffect } from "preact/hooks";
import type { Connection } from "../../shared/api";
import { visible } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Failed, Note, Skeleton } from "../../shared/ui/parts";
import { list } from "../places";
import { Consent } from "./consent";
import { Header } from "./header";
import { Problems } from "./problems";
import { Remove } from "./remove";
import { Secrets } from "./secrets";
import { page, shown } from "./store";
import { Tools } from "./tools";

/** One connection: what is wrong first, then its tools, its secrets, and the way to take it out. */
export function ConnectionPage({ id, tool }: { id: string; tool: string | null }) {
  const of = useShown(id);
  useEffect(() => {
    if (of && tool === null) document.title = `${visible(of.row.title)} · Studio`;
  }, [of?.row.title, tool]);
  return (
    <div class="room-body">
      <Back />
      {of === null || shown.failure.value?.gone ? <Missing id={id} /> : <Whole of={of} tool={tool} />}
    </div>
  );
}

function Whole({ of, tool }: { of: Connection; tool: string | null }) {
  return (
    <article aria-label="Connection">
      <Header of={of} />
      {shown.failure.value !== null && (
        <Note tone="warn" icon="alert">
          This may be old: {shown.failure.value.message}
        </Note>
      )}
      {of.waiting !== null && (
        <Note tone="warn" icon="clock">
          A change of this waits for a second person. What is below is in force until then. <a href={`/desk/changes/${encodeURIComponent(of.waiting)}`}>See the change</a>
        </Note>
      )}
      <Problems of={of} />
      <Tools of={of} selected={tool} />
      <Consent of={of} />
      <Secrets of={of} />
      {of.can_change && <Remove of={of} />}
    </article>
  );
}

/** The connection that is open, once it is the one wanted. */
export function useShown(id: string): Connection | null {
  const of = shown.value.value;
  return of !== null && of.row.id === id ? of : null;
}

export function Missing({ id }: { id: string }) {
  if (shown.failure.value !== null) return <Failed failure={shown.failure.value} what="This connection" main retry={() => void shown.load()} />;
  return (
    <>
      <h1 class="sr">{page.value.value?.items.find((row) => row.id === id)?.title ?? id}</h1>
      <Skeleton lines={12} label={`Asking ${id} what it offers`} />
    </>
  );
}

export function Back({ to = list, children = "Connections" }: { to?: string; children?: string }) {
  return (
    <a class="button plain back" href={to}>
      <Icon name="back" /> {children}
    </a>
  );
}
