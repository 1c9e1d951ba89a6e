export const preinst: () => string;
export const layOut: (stage: string) => { readonly version: string; readonly bytes: number };
