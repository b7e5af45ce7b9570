/* Tables of the rich-text editor: their caption, their heading rows and columns, and the tools for them.

   The engine knows a table as rows of cells alone. Its caption is an attribute here, that a row belongs to the
   table's head or begins another body is one too, and `finished` makes <thead> and <tbody> of that in the HTML that
   is sent. */

import { changeIn, element, goBackTo } from "./rich-text-element.js";
import { inlineField, inlineHtml, inlineSpec } from "./rich-text-inline.js";

// The scope of a heading cell that is made here, until the text is sent. One that came without a scope has none.
const BY_PLACE = "by place";

/* The nodes for the editor's schema. */
export function tableNodes(tiptap) {
  const Table = tiptap.Table.extend({
    // The package's own view of a table shows no caption, and sizes columns by styles.
    addNodeView: null,
    addAttributes: () => ({
      caption: { default: "", rendered: false, parseHTML: (table) => inlineHtml(table.querySelector(":scope > caption")?.childNodes ?? []) },
    }),
    parseHTML: () => [{ tag: "table", contentElement: withoutCaption }],
    renderHTML: ({ node }) => {
      const words = inlineSpec(node.attrs.caption);
      return ["table", {}, ...(words.length ? [["caption", { contenteditable: "false" }, ...words]] : []), ["tbody", 0]];
    },
  });
  const Row = tiptap.TableRow.extend({
    addAttributes: () => ({
      isHead: {
        default: false,
        parseHTML: (row) => row.parentElement?.localName === "thead" || row.hasAttribute("data-head"),
        renderHTML: ({ isHead }) => (isHead ? { "data-head": "" } : {}),
      },
      beginsBody: {
        default: false,
        parseHTML: (row) => row.matches("tbody ~ tbody > tr:first-child, [data-body]"),
        renderHTML: ({ beginsBody }) => (beginsBody ? { "data-body": "" } : {}),
      },
    }),
  });
  const Header = tiptap.TableHeader.extend({
    addAttributes() {
      const scope = {
        default: BY_PLACE,
        parseHTML: (cell) => (cell.hasAttribute("data-by-place") ? BY_PLACE : cell.getAttribute("scope") ?? ""),
        renderHTML: ({ scope: said }) => (said === BY_PLACE ? { "data-by-place": "" } : said ? { scope: said } : {}),
      };
      return { ...this.parent(), scope };
    },
  });
  return [Table.configure({ resizable: false }), Row, Header, tiptap.TableCell];
}

/* The caption is read as an attribute: as content its words would stand before the table once more. */
function withoutCaption(table) {
  const rows = table.cloneNode(true);
  rows.querySelector(":scope > caption")?.remove();
  return rows;
}

/* The HTML of the editor as it is sent: the rows of a head within <thead>, and a scope for each new heading. */
export function finished(html) {
  if (!html.includes("<table")) return html;
  const box = Object.assign(document.createElement("template"), { innerHTML: html });
  for (const table of box.content.querySelectorAll("table")) {
    table.querySelector(":scope > caption")?.removeAttribute("contenteditable");
    const rows = [...table.querySelectorAll(":scope > tbody > tr")];
    const end = rows.findIndex((row) => !row.hasAttribute("data-head"));
    const head = end < 0 ? rows : rows.slice(0, end);
    for (const row of rows) {
      row.removeAttribute("data-head");
      const scope = head.includes(row) ? "col" : "row";
      for (const cell of row.querySelectorAll(":scope > th[data-by-place]")) {
        cell.removeAttribute("data-by-place");
        cell.setAttribute("scope", scope);
      }
    }
    if (head.length) table.createTHead().append(...head);
    if (head.length === rows.length) table.tBodies[0].remove();
    // From the last one on, so that each takes what is left below it.
    for (const row of rows.filter((one) => one.hasAttribute("data-body")).reverse()) {
      row.removeAttribute("data-body");
      if (row.parentElement.localName === "tbody" && row.previousElementSibling) beginBodyAt(row);
    }
  }
  return box.innerHTML;
}

/* Move a row and those below it into a <tbody> of their own. */
function beginBodyAt(row) {
  const body = document.createElement("tbody");
  const rows = [...row.parentElement.rows];
  row.parentElement.after(body);
  body.append(...rows.slice(rows.indexOf(row)));
}

function tableAt(selection) {
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table") return { table: $from.node(depth), at: $from.before(depth) };
  }
  return null;
}

const isHeading = (cell) => cell?.type.name === "tableHeader";
const cellsOf = (row) => row.content.content;
const hasHeadRow = ({ table }) => cellsOf(table.firstChild).every(isHeading);
const hasHeadColumn = ({ table }) => table.content.content.every((row) => isHeading(row.firstChild));

/* A step of a chain: a first row of headings is the table's head, any other is not. */
function settleHead({ tr }) {
  const found = tableAt(tr.selection);
  tr.setNodeAttribute(found.at + 1, "isHead", hasHeadRow(found));
  return true;
}

/* The tools for tables, in the shape that toolsOf (rich-text.js) has: the one that makes one, and the group. */
export function tableToolsOf(editor, openCaption) {
  const isIn = () => editor.isActive("table");
  const run = (change) => () => changeIn(editor, change);
  const within = (name, icon, change, more = {}) => ({ name, icon, act: run(change), can: isIn, ...more });
  const isOn = (has) => () => { const found = tableAt(editor.state.selection); return Boolean(found) && has(found); };
  const make = {
    name: "table", icon: "grid_on", on: isIn, can: () => !isIn(),
    act: run((chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).command(settleHead)),
  };
  const group = [
    within("rowAfter", "playlist_add", (chain) => chain.addRowAfter()),
    within("columnAfter", "post_add", (chain) => chain.addColumnAfter()),
    within("headerRow", "table_rows", (chain) => chain.toggleHeaderRow().command(settleHead), { on: isOn(hasHeadRow) }),
    within("headerColumn", "view_column", (chain) => chain.toggleHeaderColumn(), { on: isOn(hasHeadColumn) }),
    { name: "tableCaption", icon: "title", act: openCaption, can: isIn, on: () => Boolean(editor.getAttributes("table").caption) },
    within("deleteRow", "playlist_remove", (chain) => chain.deleteRow()),
    within("deleteColumn", "remove_circle_outline", (chain) => chain.deleteColumn()),
    within("deleteTable", "delete", (chain) => chain.deleteTable()),
  ];
  return { make, group: Object.assign(group, { name: "tableTools", isShown: isIn }) };
}

/* Returns { dialog, open }: writes the caption of the table in which the caret stands. */
export function captionDialogFor(getEditor, words) {
  const caption = inlineField("table-caption", words.tableCaption, words.tableCaptionHelp);
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" }, caption.row,
    element("div", { class: "action-bar" }, element("button", { class: "btn btn-primary", type: "submit" }, words.figureOk), cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words.tableCaption }, form);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => goBackTo(getEditor()));
  form.addEventListener("submit", () => {
    getEditor().commands.updateAttributes("table", { caption: caption.read() });
  });
  const open = () => {
    caption.show(getEditor().getAttributes("table").caption);
    dialog.showModal();
    caption.input.select();
  };
  return { dialog, open };
}
