/** An element that page.html has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** A field that page.html has. */
export function field(id: string): HTMLInputElement | HTMLTextAreaElement {
  const found = byId(id);
  if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`#${id} is no field`);
}

/** Shows one of the three forms. */
export function showOnly(form: 'sign-in' | 'locked' | 'open'): void {
  for (const id of ['sign-in', 'locked', 'open']) byId(id).hidden = id !== form;
}

/** Lines of a list of facts, the first one large. */
export function factRows(facts: readonly (readonly [string, string])[]): readonly HTMLElement[] {
  return facts.map(([name, value], place) => {
    const line = document.createElement('div');
    const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = name;
    detail.textContent = value;
    if (place === 0) detail.className = 'large';
    line.append(term, detail);
    return line;
  });
}
