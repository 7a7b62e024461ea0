import type { TestView } from "../../shared/api";
import { Note } from "../../shared/ui/parts";
import { Icon } from "../../shared/ui/icon";
import { Line } from "../../shared/ui/words";

/** It was a test: what was wrong with it, and what the person did. Said at once, and without blame. */
export function Revealed({ of: test }: { of: TestView }) {
  return (
    <Note tone={test.caught ? "ok" : "warn"} icon={test.caught ? "checkCircle" : "info"}>
      <p class="strong">
        <Line text={test.sentence} />
      </p>
      <p>
        <a class="with-icon" href={`/desk/queue/${encodeURIComponent(test.source)}`}>
          <Icon name="arrow" /> See the real one that it was made of
        </a>
      </p>
    </Note>
  );
}
