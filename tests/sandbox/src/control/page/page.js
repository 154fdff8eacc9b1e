// Sends what is filled in to the controls as JSON, and takes anew what changes by itself. Whoever has no script reads the
// same page; the controls are the same for every HTTP client.
'use strict';

const key = new URLSearchParams(location.search).get('key');
const headers = key ? { 'sandbox-key': key } : {};

/** Asks a control: what it answers, or an error with its sentence. */
const ask = async (door, body) => {
  const options = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`/control/${door}`, options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
};

/** A value of a field as JSON has it. A number that is none is sent as it stands: the control says what it takes. */
const valueOf = ({ value, dataset: { kind } }) => {
  if (kind === 'json') return JSON.parse(value);
  if (kind === 'flag') return value === 'true';
  if (kind === 'whole' && /^-?\d+$/.test(value.trim())) return Number(value);
  return value;
};

const filledIn = (form) => {
  const body = {};
  const fields = [...form.elements].filter((field) => field.name && field.value !== '');
  for (const field of fields) body[field.name] = valueOf(field);
  return body;
};

const say = (form, text, wrong) => {
  const output = form.querySelector('output');
  output.textContent = text;
  output.className = wrong ? 'wrong' : 'done';
};

/** Does it, and says in the form what became of it. */
const perform = async (form, act) => {
  try {
    const told = await act();
    const details = Object.keys(told).length > 0 && !('profile' in told) ? ` ${JSON.stringify(told)}` : '';
    say(form, `Done.${details}`, false);
  } catch (error) {
    say(form, `Not done: ${error.message}`, true);
  }
  await renew();
};

/** Puts a fault in force, or takes it away, and leaves the others as they are. */
const turn = (form, on) =>
  perform(form, async () => {
    const faults = await ask('faults-in-force');
    delete faults[form.dataset.fault];
    if (on) faults[form.dataset.fault] = valueOf(form.elements.value);
    return ask('faults', faults);
  });

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if ('heal' in form.dataset) perform(form, () => ask('faults', {}));
  else if (form.dataset.fault) turn(form, true);
  else if (form.dataset.door) perform(form, () => ask(form.dataset.door, filledIn(form)));
});

document.addEventListener('click', (event) => {
  const usual = event.target.closest('[data-fills]');
  if (usual) usual.form.elements[usual.dataset.fills].value = usual.value;
  const button = event.target.closest('[role=switch]');
  if (button) turn(button.form, button.getAttribute('aria-checked') !== 'true');
});

/** Takes the page anew: only what changes by itself, so that nothing that is being filled in is lost. */
const renew = async () => {
  let page;
  try {
    const answer = await fetch(location.pathname + location.search, { headers });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return; // The sandbox is gone, or on its way back.
  }
  for (const here of document.querySelectorAll('[data-live]')) {
    const there = page.getElementById(here.id);
    if (there && there.innerHTML !== here.innerHTML) here.replaceChildren(...there.childNodes);
  }
  for (const here of document.querySelectorAll('[data-mirror]')) {
    here.setAttribute('aria-checked', page.getElementById(here.id)?.getAttribute('aria-checked') ?? 'false');
  }
};

setInterval(() => document.visibilityState === 'visible' && renew(), 2000);
