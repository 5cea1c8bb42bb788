// Citations as citeproc-js makes them: the reference that the forms are learnt from and tested
// against. Reads lines of {style, locale, item} and writes a line with the entry as JSON.
// Arguments: the folders of the styles and of the locales.
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const CSL = require(path.join(__dirname, '../browser/node_modules/citeproc'));

const [, , styles, locales] = process.argv;
const engines = new Map();
let item = null;
let number = 0;

function engine(style, locale) {
  const key = `${style} ${locale}`;
  if (!engines.has(key)) {
    const system = {
      retrieveLocale(tag) {
        const file = path.join(locales, `locales-${tag}.xml`);
        return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : false;
      },
      retrieveItem() { return item; },
    };
    const text = fs.readFileSync(path.join(styles, `${style}.csl`), 'utf8');
    engines.set(key, new CSL.Engine(system, text, locale, true));
  }
  return engines.get(key);
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line);
  const made = engine(asked.style, asked.locale);
  number += 1;
  item = { ...asked.item, id: `item-${number}` };
  made.updateItems([]);
  made.updateItems([item.id]);
  const entry = made.makeBibliography()[1][0].replace(/<\/?div[^>]*>/g, '').trim();
  process.stdout.write(`${JSON.stringify(entry)}\n`);
});
