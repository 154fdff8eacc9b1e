// WCAG 2.2 contrast, from computed styles: what is seen too faintly, and how much was looked at.
const parse = (colour) => {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  if (!colour.startsWith('rgb') || (alpha !== 0 && alpha !== 1)) throw new Error(`cannot judge ${colour}`);
  return alpha === 0 ? null : [red, green, blue];
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour) return colour;
  }
  throw new Error('the page names no background');
};
const light = (colour) => {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ratio = (one, other) => {
  const [least, most] = [light(one), light(other)].sort((a, b) => a - b);
  return (most + 0.05) / (least + 0.05);
};

const looked = { texts: 0, edges: 0, faint: [] };
const judge = (what, one, other, needed) => {
  const found = ratio(one, other);
  if (found < needed) looked.faint.push(`${what}: ${found.toFixed(2)} of ${needed}`);
};
for (const element of document.querySelectorAll('body, body *')) {
  const style = getComputedStyle(element);
  const control = element.matches('input:not([type=hidden]), button');
  const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
  const what = `${element.localName} ${element.id} ${text.join('').trim()}`;
  if (element.matches('input:not([type=hidden])') || text.join('').trim()) {
    looked.texts += 1;
    judge(what, parse(style.color), behind(element), 4.5);
  }
  if (control) {
    // A control shows where it is by its edge, and that it has the focus by a line around it.
    looked.edges += 1;
    judge(`edge of ${what}`, parse(style.borderTopColor), behind(element.parentElement), 3);
    element.focus({ focusVisible: true });
    const focused = getComputedStyle(element);
    if (focused.outlineStyle === 'none' || parseFloat(focused.outlineWidth) < 2) looked.faint.push(`no focus: ${what}`);
    else judge(`focus of ${what}`, parse(focused.outlineColor), behind(element.parentElement), 3);
  }
}
document.querySelector('[autofocus]')?.focus();
return looked;
