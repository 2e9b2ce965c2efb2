// Behaviour that every page shares. Pages work without it.
const find = (selector, root = document) => root.querySelectorAll(selector);
