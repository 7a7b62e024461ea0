import { keys, singleKeys, switchSingleKeys, written, type KeyGroup, type KeyName } from "../keys";
import { Dialog } from "../ui/dialog";

/** The keys of these groups, from the table that also makes them work. */
export function Help({ groups, onClose }: { groups: readonly KeyGroup[]; onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} class="help">
      <div class="help-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {(Object.keys(keys) as KeyName[])
                .filter((name) => keys[name].group === group)
                .map((name) => (
                  <div key={name}>
                    <dt>{keys[name].label}</dt>
                    <dd>
                      {keys[name].on.map((on, at) => (
                        <span key={on}>
                          {at > 0 && <span class="muted small"> or </span>}
                          {written(on).map((part) => <kbd key={part}>{part}</kbd>)}
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label class="switch">
        <input type="checkbox" checked={singleKeys.value} onChange={(event) => switchSingleKeys(event.currentTarget.checked)} /> Single keys work
      </label>
    </Dialog>
  );
}
