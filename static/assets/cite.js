// Copies citations with one click, and aims them at a passage.
(() => {
	const box = document.getElementById('_cite');
	if (!box) return;
	const { url, copy, copied, passage, cite, whole } = box.dataset;
	const status = box.querySelector('[role=status]');
	const body = document.querySelector('.body');
	const aims = [];
	const button = (label, act) => {
		const made = document.createElement('button');
		made.type = 'button';
		made.textContent = label;
		made.onclick = act;
		return made;
	};
	for (const entry of box.querySelectorAll('dd > span')) {
		const address = entry.querySelector('bdi');
		if (address) aims.push((id) => { address.textContent = id ? `${url}#${id}` : url; });
		entry.after(button(copy, () => {
			getSelection().selectAllChildren(entry); // italics are copied, too
			const done = document.execCommand('copy') || navigator.clipboard?.writeText(entry.textContent);
			status.textContent = done ? copied : '';
		}));
	}
	for (const link of box.querySelectorAll('a[download]')) {
		const { href, download } = link;
		const key = download.replace(/\.\w+$/, ''); // each passage has its own
		aims.push((id) => {
			const own = (text) => id ? text.replace(key, `${key}-${id}`) : text;
			link.href = id ? own(href.replace(url, `${url}%23${id}`)) : href;
			link.download = own(download);
		});
	}
	const note = document.createElement('p');
	const aim = (part) => {
		aims.forEach((set) => set(part?.id));
		note.remove();
		if (!part) return;
		const number = [...body.querySelectorAll('[id^=p-]')].indexOf(part) + 1;
		const plain = part.cloneNode(true);
		plain.querySelectorAll('.anchor, button').forEach((mark) => mark.remove());
		const words = plain.textContent.trim().slice(0, 90);
		note.textContent = `${number ? `${passage.replace('#', number)}: ` : ''}${words}… `;
		note.append(button(whole, () => aim()));
		box.querySelector('dl').before(note);
	};
	const here = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const offer = button(cite, () => {
		aim(here());
		box.open = true;
		box.querySelector('summary').focus();
	});
	const look = () => {
		const part = here();
		const anchor = body?.contains(part) && part.querySelector('.anchor');
		offer.remove();
		if (anchor) anchor.after(offer);
	};
	addEventListener('hashchange', look);
	look();
})();
