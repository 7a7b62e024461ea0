export { Section } from "../../shared/ui/section";
