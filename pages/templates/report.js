// The filter: each row that holds every word that is typed stays. `/` leads to it, Escape empties it.
const filter = document.getElementById('filter');
const shown = document.getElementById('shown');
const rows = [...document.querySelectorAll('[data-row]')];
function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    count += row.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll('section')) {
    section.hidden = words.length > 0 && !section.querySelector('[data-row]:not([hidden])');
  }
  shown.textContent = words.length ? `${count} of ${rows.length} rows` : '';
}
filter.addEventListener('input', apply);
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === 'Escape' && document.activeElement === filter) {
    filter.value = '';
    apply();
    filter.blur();
  }
});
