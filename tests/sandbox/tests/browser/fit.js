// What sticks out of the window, hides part of its own text, breaks a word in two, or is too small for a finger.
const room = document.documentElement.clientWidth;
const faults = [];
if (document.scrollingElement.scrollWidth > room) faults.push('the page scrolls sideways');
for (const element of document.querySelectorAll('body, body *:not([type=hidden])')) {
  const { left, right, height } = element.getBoundingClientRect();
  const what = `${element.localName} ${element.id} ${element.textContent.trim().slice(0, 30)}`;
  if (left < 0 || right > room) faults.push(`sticks out: ${what}`);
  // A field may hold more than it shows.
  if (!element.matches('input') && element.scrollWidth > element.clientWidth && element.clientWidth > 0)
    faults.push(`is cut: ${what}`);
  // Smaller, and a phone zooms in on what is being typed.
  if (element.matches('input') && parseFloat(getComputedStyle(element).fontSize) < 16) faults.push(`small letters: ${what}`);
  if (element.matches('input, button, a') && height < 44) faults.push(`is small: ${what}`);
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
for (let text = texts.nextNode(); text; text = texts.nextNode()) {
  // Addresses and hashes may go on in the next line.
  if (text.parentElement.closest('code')) continue;
  // A hyphen may end a line.
  for (const { index, 0: word } of text.data.matchAll(/[^\s-]+-?/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    if (range.getClientRects().length > 1) faults.push(`is broken: ${word}`);
  }
}
return faults;
