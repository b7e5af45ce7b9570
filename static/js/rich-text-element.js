/* Makes an element with its attributes and children, and a field with its label. */

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/* Returns { input, row }: the control, and what it stands in with its label and help. */
export function field(id, label, help, control = "input") {
  const input = element(control, { class: "form-control", id, ...(help ? { "aria-describedby": `${id}-help` } : {}) });
  const parts = [element("label", { class: "form-label", for: id }, label), input];
  if (help) parts.push(element("p", { class: "form-text", id: `${id}-help` }, help));
  return { input, row: element("div", { class: "mb-3" }, ...parts) };
}
