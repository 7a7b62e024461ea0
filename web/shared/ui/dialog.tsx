import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icon";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  class?: string;
  /** Without a way out: the page behind it is of no use until it is answered. */
  firm?: boolean;
}

/** The browser's own dialog: it holds the focus and gives it back. */
export function Dialog({ title, onClose, children, class: kind = "", firm = false }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const label = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    if (!firm) onClose();
  };
  return (
    <dialog ref={box} class={kind} aria-labelledby={label} onCancel={cancel} onClick={(event) => event.target === box.current && !firm && onClose()}>
      <div class="dialog-head">
        <h2 id={label}>{title}</h2>
        {!firm && (
          <button type="button" class="button plain square" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </div>
      {children}
    </dialog>
  );
}
