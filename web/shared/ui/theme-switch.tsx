import { choose, theme, type Theme } from "../theme";
import { Icon, type IconName } from "./icon";

const themes: { name: Theme; icon: IconName; label: string }[] = [
  { name: "system", icon: "monitor", label: "As the system" },
  { name: "light", icon: "sun", label: "Light" },
  { name: "dark", icon: "moon", label: "Dark" },
];

export function ThemeSwitch() {
  return (
    <div class="tabs" role="group" aria-label="Theme">
      {themes.map((each) => (
        <button key={each.name} type="button" aria-pressed={theme.value === each.name} aria-label={each.label} title={each.label} onClick={() => choose(each.name)}>
          <Icon name={each.icon} />
        </button>
      ))}
    </div>
  );
}
