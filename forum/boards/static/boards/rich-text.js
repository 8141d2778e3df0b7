// A plain field becomes a rich editor when somebody starts to write in it. Half a megabyte is fetched only then.
const chosen = ["Bold", "Italic", "Link", "BulletList", "OrderedList", "Blockquote"];
const always = ["Document", "Paragraph", "Text", "HardBreak", "ListItem", "History", "Menu", "NoSpellCheck", "Gapcursor"];

for (const field of document.querySelectorAll("textarea[data-editor]")) {
  field.addEventListener("focus", () => enrich(field), { once: true });
}

async function enrich(field) {
  const parts = await import(field.dataset.editor);
  const place = document.createElement("div");
  place.className = "rich-text prose-editor";
  field.after(place);
  const editor = new parts.Editor({
    element: place,
    injectCSS: false, // the site's policy allows no inline style
    extensions: [...always, ...chosen].map((name) => parts[name]).filter(Boolean),
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": nameOf(field) } },
    content: asHtml(field.value),
    onUpdate: ({ editor }) => {
      field.value = editor.isEmpty ? "" : editor.getHTML();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  field.hidden = true;
  editor.commands.focus("end");
}

function nameOf(field) {
  return field.labels[0]?.textContent.trim() ?? "";
}

function asHtml(text) {
  if (/<\/(p|ul|ol|h\d|blockquote|pre)>/i.test(text)) return text;
  const words = document.createElement("p");
  words.textContent = text;
  return words.outerHTML;
}
