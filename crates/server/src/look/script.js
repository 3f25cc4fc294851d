// What makes the pages quicker to use; without it everything still works.
'use strict';
(() => {
  const page = document.documentElement;
  const person = page.dataset.person || '';
  const ja = page.lang === 'ja';
  const say = (japanese, english) => (ja ? japanese : english);
  const PREFIX = 'mimamori-draft ';
  const LASTS = 24 * 60 * 60 * 1000;

  // Drafts: what is typed is kept in this browser until it is recorded, for a day at most, and goes when the person signs out.
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  for (const key of drafts()) {
    const draft = read(key);
    // a session that has ended is no sign-out: who signs in again goes on
    if (!draft || (person && draft.person !== person) || Date.now() - draft.at > LASTS) localStorage.removeItem(key);
  }
  for (const form of document.querySelectorAll('form[data-sign-out]')) {
    form.addEventListener('submit', () => drafts().forEach((key) => localStorage.removeItem(key)));
  }

  const kept = (form) => [...form.elements].filter((field) =>
    field.name && !['hidden', 'password', 'file', 'submit', 'button'].includes(field.type) && field.autocomplete !== 'one-time-code');
  for (const form of document.querySelectorAll('form[data-draft]')) {
    const key = `${PREFIX}${location.pathname} ${form.dataset.draft}`;
    const saved = form.querySelector('.saved');
    const clock = (at) => new Date(at).toLocaleTimeString(ja ? 'ja-JP' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
    const draft = read(key);
    const typedHere = document.querySelector('.problem');
    if (draft && !typedHere && draft.based === (form.dataset.based || '')) {
      const fields = kept(form);
      if (fields.some((field) => field.name in draft.values && draft.values[field.name] !== field.value)) {
        for (const field of fields) if (field.name in draft.values && field.type !== 'checkbox' && field.type !== 'radio') field.value = draft.values[field.name];
        if (saved) {
          saved.textContent = say(`この端末に残っていた下書き（${clock(draft.at)}）を表示しています。`, `This is the draft that was kept here at ${clock(draft.at)}. `);
          const drop = document.createElement('button');
          drop.type = 'button'; drop.className = 'link'; drop.textContent = say('下書きを捨てる', 'discard it');
          drop.addEventListener('click', () => { localStorage.removeItem(key); location.reload(); });
          saved.append(drop);
        }
      }
    }
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const values = Object.fromEntries(kept(form).map((field) => [field.name, field.value]));
        try {
          localStorage.setItem(key, JSON.stringify({ person, at: Date.now(), based: form.dataset.based || '', values }));
          if (saved) saved.textContent = say(`下書き保存済み ${clock(Date.now())}`, `draft saved ${clock(Date.now())}`);
        } catch { if (saved) saved.textContent = say('下書きを保存できません', 'the draft cannot be saved'); }
      }, 400);
    });
    form.addEventListener('submit', () => { clearTimeout(timer); form.dataset.sent = key; });
  }
  // what was recorded needs no draft any more: the page that follows says so
  const done = document.querySelector('[data-drafted]');
  if (done) for (const key of drafts()) if (key.startsWith(`${PREFIX}${done.dataset.drafted} `)) localStorage.removeItem(key);

  // Diagnostics while one types: the same check as when it is recorded.
  for (const form of document.querySelectorAll('form[data-check]')) {
    const where = document.getElementById('findings');
    let timer, asked;
    const check = async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(form.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asked.signal, headers: { 'x-mimamori-fragment': '1' } });
        if (answer.ok && where) where.innerHTML = await answer.text();
      } catch { /* the next letter asks again */ }
    };
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(check, 250); });
  }

  // Forms of surveys: what applies, what is derived and what cannot be follows from what is typed.
  for (const form of document.querySelectorAll('form[data-look]')) {
    let timer, asked;
    const look = async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(form.dataset.look, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asked.signal, headers: { 'x-mimamori-fragment': '1' } });
        if (!answer.ok) return;
        const told = await answer.json();
        for (const item of form.querySelectorAll('[data-item]')) item.hidden = told.hidden.includes(item.dataset.item);
        for (const output of form.querySelectorAll('[data-derived]')) output.textContent = told.derived[output.dataset.derived] ?? '—';
        for (const place of form.querySelectorAll('[data-wrong]')) place.textContent = told.wrong[place.dataset.wrong] ?? '';
      } catch { /* the next letter asks again; the form can be sent all the same */ }
    };
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, 250); });
  }

  // A row is a link: a click anywhere in it goes where its first link goes.
  document.addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-row]');
    if (!row || event.target.closest('a, button, input, select, textarea, label, summary') || String(getSelection())) return;
    row.querySelector('a[href]')?.click();
  });

  // On a phone the cells of a row stand under each other: each with the head of its column.
  for (const table of document.querySelectorAll('table.cards')) {
    const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent.trim());
    if (heads.length) for (const row of table.tBodies[0]?.rows ?? []) {
      if (row.cells.length === heads.length) [...row.cells].forEach((cell, place) => { if (cell.tagName === 'TD' && heads[place]) cell.dataset.label ||= heads[place]; });
    }
  }

  // Numbers never change by a scroll wheel.
  document.addEventListener('wheel', () => { if (document.activeElement?.type === 'number') document.activeElement.blur(); }, { passive: true });

  // A form is sent once.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.once) { event.preventDefault(); return; }
    form.dataset.once = '1';
    setTimeout(() => delete form.dataset.once, 3000);
  });

  document.querySelector('.problem')?.focus();
})();
