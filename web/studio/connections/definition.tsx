import type { ConnectionTool, Decision } from "../../shared/api";
import { plural } from "../../shared/text";
import { Icon } from "../../shared/ui/icon";
import { Chip } from "../../shared/ui/parts";
import { Line } from "../../shared/ui/words";
import { fieldsOf, kindAndChoices, type Field } from "./schema";
import { filler, hints } from "./words";

/** What the server says of its tool. All of it is text to read: nothing in it is followed, drawn or believed. */
export function Definition({ tool, decided }: { tool: ConnectionTool; decided: Decision | undefined }) {
  const said = hints(tool.annotations);
  const args = fieldsOf(tool.input_schema);
  const result = fieldsOf(tool.output_schema);
  return (
    <section class="part definition" aria-label={`What the server says of ${tool.name}`}>
      <h2>What the server says of it</h2>
      <blockquote class="theirs" dir="auto">
        {tool.title && (
          <p class="strong">
            <Line text={tool.title} />
          </p>
        )}
        {tool.description ? (
          <p class="theirs-words">
            <Line text={tool.description} />
          </p>
        ) : (
          <p class="muted">It says nothing of what it does.</p>
        )}
      </blockquote>
      {said.length > 0 ? (
        <p class="chips">
          {said.map((each) => (
            <Chip key={each}>{each}</Chip>
          ))}
        </p>
      ) : (
        <p class="muted small">It does not say whether it changes anything.</p>
      )}
      <h3>Arguments</h3>
      {args.length === 0 ? <p class="muted small">None that it names.</p> : <Fields of={args} decided={decided} />}
      {result.length > 0 && (
        <details class="more">
          <summary>
            <Icon name="chevron" /> Result <span class="muted">· {plural(result.length, "field")}</span>
          </summary>
          <Fields of={result} decided={undefined} />
        </details>
      )}
      <details class="more">
        <summary>
          <Icon name="chevron" /> Word for word
        </summary>
        <pre class="raw">
          <Line text={JSON.stringify({ inputSchema: tool.input_schema, outputSchema: tool.output_schema, annotations: tool.annotations }, null, 2)} />
        </pre>
      </details>
    </section>
  );
}

function Fields({ of: fields, decided }: { of: readonly Field[]; decided: Decision | undefined }) {
  return (
    <ul class="fields">
      {fields.map((field) => (
        <li key={field.path} data-depth={Math.min(field.depth, 4)}>
          <p class="field-top">
            <code class="strong">
              <Line text={field.path} />
            </code>
            <span class="muted small">
              <Line text={kindAndChoices(field)} />
              {field.required ? "" : ", may be left out"}
            </span>
            {field.depth === 0 && decided !== undefined && decided.effect !== "off" && <Filled by={decided} name={field.path} />}
          </p>
          {field.about && (
            <p class="muted small theirs-words">
              <Line text={field.about} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Who gives the argument its value. */
function Filled({ by, name }: { by: Decision; name: string }) {
  const bound = by.bind[name];
  if (by.key?.argument === name) return <Chip icon="lock">our key</Chip>;
  if (bound !== undefined)
    return (
      <Chip icon="lock">
        we fill in <Line text={filler(bound)} />
      </Chip>
    );
  return (
    <span class="chips">
      <Chip icon="sparkle">left to the worker</Chip>
      {by.destinations.includes(name) && <Chip tone="warn" icon="routed">destination: from a record only</Chip>}
    </span>
  );
}
