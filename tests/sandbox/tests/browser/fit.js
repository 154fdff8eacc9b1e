// What sticks out of the window, hides part of its own text, or is too small for a finger.
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
  if (element.matches('input, button, a') && height < 44) faults.push(`is small: ${what}`);
}
return faults;
