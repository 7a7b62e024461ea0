import { get, post, type CasePage, type CustomerCase } from "../../shared/api";
import { resource } from "../../shared/resource";

export const cases = resource<CasePage>((stop) => get<CasePage>("/api/customer/cases", stop));

/** Opens a case with its first message and gives its id. */
export async function openCase(text: string, key: string): Promise<string> {
  return (await post<CustomerCase>("/api/customer/cases", { text }, key)).id;
}
