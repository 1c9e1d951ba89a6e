/** What would be copied for a platform. */
export type TreePlan = {
  readonly runtime: string;
  readonly node: string;
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly folders: readonly string[];
};
export const ROOT: string;
export const platformNames: readonly string[];
export const planTree: (platform: string) => TreePlan;
