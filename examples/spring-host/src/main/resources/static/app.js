'use strict';

// Sends the CSRF token with every request that htmx makes.
document.addEventListener('htmx:configRequest', event => {
  const token = document.querySelector('meta[name="csrf"]');
  if (token) {
    event.detail.headers[token.dataset.header] = token.content;
  }
});

// Parts of a page that name 'live' or 'live-ID' as their trigger ask again when something has changed.
const waiting = new Map();

function tell(name) {
  if (!waiting.has(name)) {
    waiting.set(name, setTimeout(() => {
      waiting.delete(name);
      document.body.dispatchEvent(new Event(name));
    }, 300));
  }
}

if (document.querySelector('[data-live]')) {
  const source = new EventSource('/live');
  source.addEventListener('changed', event => {
    tell('live');
    tell('live-' + event.data);
  });
  // What happened before it listened, or while it was cut off, is asked for once.
  source.addEventListener('open', () => {
    document.querySelectorAll('[data-live]').forEach(part => tell(part.getAttribute('hx-trigger').split(' ')[0]));
  });
  window.addEventListener('pagehide', () => source.close());
}

// One box ticks all boxes of its table.
document.addEventListener('change', event => {
  if (event.target.matches('[data-all]')) {
    event.target.closest('form').querySelectorAll('input[name="' + event.target.dataset.all + '"]')
      .forEach(box => { box.checked = event.target.checked; });
  } else if (event.target.matches('[data-submit]')) {
    event.target.form.requestSubmit();
  }
});

// What the server could not answer to htmx is told above the page.
document.addEventListener('htmx:responseError', event => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
  const said = document.createElement('div');
  said.className = 'notice bad';
  said.setAttribute('role', 'alert');
  const words = page.querySelector('[role="alert"]') || page.body;
  words.querySelectorAll('a').forEach(link => link.remove());
  said.textContent = words.textContent.replace(/\s+/g, ' ').trim();
  document.getElementById('notices').replaceChildren(said);
  said.scrollIntoView({ block: 'nearest' });
});
