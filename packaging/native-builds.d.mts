export const NATIVE_BUILDS: Readonly<Record<string, { readonly sqlite: string; readonly argon2: string }>>;
export const UNUSED_IN_PACKAGES: readonly RegExp[];
