// Finds the required strings of a regular expression: a set of which every match contains at least one.
// Supports the subset of the ECMAScript syntax that the rule sets use, and throws for any other syntax.

/** Strings that most user agents contain, so a search for them excludes little. */
const typical = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
];

/** The maximum number of combinations of adjacent parts that are expanded. */
const maxProduct = 16;
const anything = { exact: null, required: null };

/**
 * @param {string} pattern
 * @returns {{ exact: string[] | null, required: string[] | null }} `exact`: the pattern matches if and only if one of these occurs;
 * null if it is not that simple. `required`: every match contains one of these; null if there is no such set.
 */
export function literalsOf(pattern) {
  const parser = new Parser(pattern);
  const found = parser.alternation();
  if (parser.at < pattern.length) {
    throw new Error(`Unexpected ${pattern[parser.at]} at ${parser.at} in ${pattern}`);
  }

  const required = best(found);
  return { exact: parser.isAnchored ? null : found.exact && shortest(found.exact), required };
}

class Parser {
  at = 0;
  isAnchored = false;

  constructor(pattern) {
    this.pattern = pattern;
  }

  alternation() {
    const branches = [this.sequence()];
    while (this.take('|')) {
      branches.push(this.sequence());
    }

    if (branches.length === 1) {
      return branches[0];
    }

    if (branches.every(branch => branch.exact)) {
      return { exact: union(branches.map(branch => branch.exact)), required: null };
    }

    const required = branches.map(best);
    return { exact: null, required: required.every(set => set) ? union(required) : null };
  }

  sequence() {
    let isExact = true;
    let run = [''];
    const sets = [];
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at])) {
      const item = this.quantified();
      if (item.exact && (run.length === 1 || item.exact.length === 1 || run.length * item.exact.length <= maxProduct)) {
        run = run.flatMap(head => item.exact.map(tail => head + tail));
      } else {
        isExact = false;
        sets.push(run, best(item));
        run = [''];
      }
    }

    return isExact ? { exact: run, required: null } : { exact: null, required: bestOf([...sets, run]) };
  }

  quantified() {
    const item = this.atom();
    const [quantifier] = /^(?:[?*+]|\{\d+(?:,\d*)?\})?/.exec(this.pattern.slice(this.at));
    this.at += quantifier.length;
    if (quantifier) {
      this.take('?');
    }

    if (quantifier === '?') {
      return item.exact ? { exact: union([item.exact, ['']]), required: null } : anything;
    }

    const isOptional = quantifier === '*' || quantifier.startsWith('{0');
    return quantifier === '' ? item : isOptional ? anything : { exact: null, required: best(item) };
  }

  atom() {
    const character = this.pattern[this.at++];
    switch (character) {
      case '(': {
        if (this.take('?') && !this.take(':')) {
          throw new Error(`Only (?: is known: ${this.pattern}`);
        }

        const inner = this.alternation();
        if (!this.take(')')) {
          throw new Error(`Unclosed group: ${this.pattern}`);
        }

        return inner;
      }
      case '[':
        return this.characterClass();
      case '.':
        return anything;
      case '^':
      case '$':
        this.isAnchored = true;
        return { exact: [''], required: null };
      case '\\':
        return this.escape();
      default:
        return { exact: [character], required: null };
    }
  }

  escape() {
    const character = this.pattern[this.at++];
    if (character === 'b') {
      this.isAnchored = true;
      return { exact: [''], required: null };
    }

    if (/[dDwWsS]/.test(character)) {
      return anything;
    }

    if (/[A-Za-z0-9]/.test(character)) {
      throw new Error(`Unknown escape \\${character} in ${this.pattern}`);
    }

    return { exact: [character], required: null };
  }

  characterClass() {
    const start = this.at;
    while (this.pattern[this.at] !== ']') {
      this.at += this.pattern[this.at] === '\\' ? 2 : 1;
    }

    const body = this.pattern.slice(start, this.at++);
    const isSmall = !/^\^|\\[a-zA-Z]|.-./.test(body);
    const characters = [...new Set(body.replaceAll(/\\(.)/g, '$1'))];
    return isSmall && characters.length <= 4 ? { exact: characters, required: null } : anything;
  }

  take(character) {
    const isThere = this.pattern[this.at] === character;
    this.at += isThere ? 1 : 0;
    return isThere;
  }
}

const union = sets => [...new Set(sets.flat())];

const best = item => bestOf([item.exact, item.required]);

/** Selects the set that excludes most: the set with the longest shortest string. */
function bestOf(sets) {
  const usable = sets.filter(set => set?.every(string => string.length > 1)).map(shortest);
  return usable.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}

const weight = set => Math.min(...set.map(string => string.length / (typical.some(agent => agent.includes(string)) ? 20 : 1))) - set.length / 1000;

/** Removes strings that contain another string of the set. */
const shortest = set => set.filter(string => !set.some(other => other !== string && string.includes(other)));
