// Reads TypeScript just far enough for the house rules: which modules a file imports, and its code without comments
// and literals, so that a rule cannot be fooled by a word in a comment or a string.

export interface SourceText {
  /** The code with comments, strings and regular expressions blanked; line breaks are kept. */
  readonly code: string;
  /** Specifiers of every import, export-from, dynamic import and built-in module with a literal. */
  readonly imports: readonly string[];
  /** The imports that load a module: those of types alone are erased. */
  readonly loads: readonly string[];
}

const LITERAL = /\bfrom\s*"(\d+)"|\b(?:import|getBuiltinModule)\s*\(\s*"(\d+)"|\bimport\s+"(\d+)"/g;
const TYPES_ALONE = /\b(?:import|export)\s+type\s[^"]*"\d+"/g;
const BEFORE_REGEX =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|throw|new|await|yield))$/;

export function readSource(text: string): SourceText {
  const strings: string[] = [];
  const masked = maskLiterals(text, strings);
  const specifiersIn = (code: string) =>
    [...code.matchAll(LITERAL)].map((match) => strings[Number(match[1] ?? match[2] ?? match[3])] ?? '');
  return {
    code: masked.replace(/"\d+"/g, '""'),
    imports: specifiersIn(masked),
    loads: specifiersIn(masked.replace(TYPES_ALONE, '')),
  };
}

/** Replaces each string by its index in quotes and drops comments and regular expressions. */
function maskLiterals(text: string, strings: string[]): string {
  let out = '';
  let at = 0;
  // Depths of braces at which a template literal goes on after `}`.
  const templates: number[] = [];
  let depth = 0;

  while (at < text.length) {
    const char = text.charAt(at);
    const pair = text.slice(at, at + 2);
    if (pair === '//') at = endOf(text, '\n', at);
    else if (pair === '/*') {
      const end = endOf(text, '*/', at + 2) + 2;
      out += '\n'.repeat(text.slice(at, end).split('\n').length - 1);
      at = end;
    } else if (char === "'" || char === '"') at = takeString(char);
    else if (char === '`') at = takeTemplate(at + 1);
    else if (char === '/' && BEFORE_REGEX.test(out.trimEnd())) at = takeRegex();
    else if (char === '}' && templates.at(-1) === depth) {
      templates.pop();
      at = takeTemplate(at + 1);
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      out += char;
      at += 1;
    }
  }
  return out;

  function takeString(quote: string): number {
    let end = at + 1;
    while (end < text.length && text.charAt(end) !== quote) end += text.charAt(end) === '\\' ? 2 : 1;
    out += `"${strings.push(text.slice(at + 1, end)) - 1}"`;
    return end + 1;
  }

  function takeTemplate(start: number): number {
    let end = start;
    while (end < text.length && text.charAt(end) !== '`') {
      if (text.slice(end, end + 2) === '${') {
        templates.push(depth);
        out += ' ';
        return end + 2;
      }
      end += text.charAt(end) === '\\' ? 2 : 1;
    }
    out += `"${strings.push(text.slice(start, end)) - 1}"`;
    return end + 1;
  }

  function takeRegex(): number {
    let end = at + 1;
    let inClass = false;
    while (end < text.length && (inClass || text.charAt(end) !== '/')) {
      const current = text.charAt(end);
      if (current === '[') inClass = true;
      if (current === ']') inClass = false;
      end += current === '\\' ? 2 : 1;
    }
    out += '0';
    return end + 1;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end;
}
